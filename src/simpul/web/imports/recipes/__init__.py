"""What can be imported, each through the services a person would use."""

from simpul.interop.recipes import register_recipe
from simpul.web.imports.recipes.organisations import OrganisationRecipe


def register_recipes() -> None:
    register_recipe(OrganisationRecipe())
