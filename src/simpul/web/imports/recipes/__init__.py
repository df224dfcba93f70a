"""What can be imported, each through the services a person would use."""

from simpul.interop.recipes import register_recipe
from simpul.web.imports.recipes.memberships import MembershipRecipe
from simpul.web.imports.recipes.organisations import OrganisationRecipe
from simpul.web.imports.recipes.people import PeopleRecipe


def register_recipes() -> None:
    register_recipe(OrganisationRecipe())
    register_recipe(MembershipRecipe())
    register_recipe(PeopleRecipe())
