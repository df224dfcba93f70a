"""The components' tags draw what they are given, safely, in both languages."""

import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from simpul.web.components import Bar, Event, Knot, Link, Panel, Row, Stat, Task, Tone


def draw(source: str, method: str = "get", **context: object) -> str:
    return engines["django"].from_string(source).render(context, getattr(RequestFactory(), method)("/"))


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]+>", " ", html).split()


class Asking(forms.Form):
    name = forms.CharField(help_text="As in the decree")
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(required=False)
    sure = forms.BooleanField(help_text="It can be undone")


def test_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "lock" %}')
    assert 'role="img" aria-label="Rahasia"' in draw('{% icon "lock" "Rahasia" %}')


@pytest.mark.parametrize("tone", Tone)
def test_pill_has_word_colour_and_shape(tone: Tone) -> None:
    html = draw("{% pill word tone %}", word="<b>lewat</b>", tone=tone)
    assert f'class="pill {tone.value}"' in html
    assert f"icons.svg#shape-{tone.value}" in html
    assert "&lt;b&gt;lewat&lt;/b&gt;" in html


def test_pill_refuses_a_tone_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="mauve"):
        draw('{% pill "x" "mauve" %}')


def test_field_ties_label_hint_and_error_together() -> None:
    html = draw("{% field form.name %}", form=Asking({"name": ""}))
    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_of_choices_is_a_group_with_a_legend() -> None:
    html = draw("{% field form.way %}", form=Asking({}))
    assert re.search(r'<fieldset class="field error"[^>]*aria-describedby="id_way_error"', html)
    assert "<legend>Way</legend>" in html
    assert html.count('class="choice"') == 2


def test_field_of_one_box_keeps_its_hint_beside_it() -> None:
    html = draw("{% field form.sure %}", form=Asking())
    assert '<small id="id_sure_helptext">It can be undone</small></span></label>' in html
    assert 'aria-describedby="id_sure_helptext"' in html


def test_field_says_what_may_stay_empty() -> None:
    with translation.override("id"):
        assert "(boleh kosong)" in draw("{% field form.note %}", form=Asking())
        assert "(boleh kosong)" not in draw("{% field form.name %}", form=Asking())


def test_field_keeps_what_was_typed() -> None:
    assert 'value="&lt;Lentera&gt;"' in draw("{% field form.name %}", form=Asking({"name": "<Lentera>"}))


def test_error_summary_leads_to_each_field() -> None:
    form = Asking({"note": "x"})
    form.add_error(None, "Not both")
    html = draw("{% error_summary form %}", form=form)
    assert re.findall(r'href="(#[^"]+)"', html) == ["#id_name", "#id_way_0", "#id_sure"]
    assert "Not both" in html
    drawn = draw("{% fields form %}", form=form)
    assert [target for target in ("id_name", "id_way_0", "id_sure") if f'id="{target}"' not in drawn] == []


def test_error_summary_is_silent_where_nothing_is_wrong() -> None:
    assert draw("{% error_summary form %}", form=Asking()).strip() == ""


def test_error_summary_takes_the_focus_when_a_form_has_come_back() -> None:
    assert "autofocus" in draw("{% error_summary form %}", "post", form=Asking({}))
    assert "autofocus" not in draw("{% error_summary form %}", form=Asking({}))


def test_thread_keeps_the_order_of_its_knots() -> None:
    knots = [
        Knot("Aduan", "63", "4 desa", "/aduan/", "terung"),
        Knot("Bukti", "4", tone="kunyit", records=[Link("Angka aman", "/angka/")]),
    ]
    html = draw("{% thread knots 'Benang merah' %}", knots=knots)
    assert re.findall(r'<li class="(\w+)">', html) == ["terung", "kunyit"]
    assert re.findall(r'href="([^"]+)"', html) == ["/aduan/", "/angka/"]
    assert html.index("Aduan") < html.index("Bukti")


@pytest.mark.parametrize("language", ["id", "en"])
def test_bars_are_measured_against_the_largest_in_any_language(language: str) -> None:
    rows = [Bar("A", 54, "54 dari 92", 92), Bar("B", 23, "23"), Bar("C", 0, "0")]
    with translation.override(language):
        html = draw("{% bars rows %}", rows=rows)
    assert re.findall(r'rect width="([^"]+)"', html) == ["58.7%", "25.0%", "0.0%"]


def test_bars_of_nothing_are_empty() -> None:
    assert "<li>" not in draw("{% bars rows %}", rows=[])


def test_stat_draws_its_share_and_never_more_than_the_whole() -> None:
    assert 'rect width="56.7%"' in draw("{% stat s %}", s=Stat("102", "diadopsi", part=102, whole=180))
    assert 'rect width="100.0%"' in draw("{% stat s %}", s=Stat("7", "x", part=7, whole=5))
    assert "<rect" not in draw("{% stat s %}", s=Stat("7", "x", part=7, whole=0))


def test_summary_says_what_each_change_changes() -> None:
    html = draw("{% summary rows %}", rows=[Row("Nama", "Lentera", "/ubah/"), Row("Situs", "")])
    assert words(html) == ["Nama", "Lentera", "Ubah", "Nama", "Situs", "–"]


def test_tasks_without_address_cannot_be_started() -> None:
    html = draw("{% tasks items %}", items=[Task("Profil", "selesai", Tone.OK, "/p/"), Task("Akta", "nanti")])
    assert re.findall(r'href="(/[^"]*/)"', html) == ["/p/"]


def test_line_marks_where_one_is() -> None:
    html = draw(
        "{% line events %}", events=[Event("pagi", "Diterima", state="done"), Event("kini", "Dirujuk", state="now")]
    )
    assert re.findall(r'<li class="([\w-]*)"(?: aria-current="(\w+)")?>', html) == [("done-step", ""), ("now", "step")]


def test_steps_count_up_to_the_current_one() -> None:
    with translation.override("id"):
        html = draw("{% steps 2 4 %}")
    assert "Langkah 2 dari 4" in html
    assert html.count('class="on"') == 2
    assert html.count("<li") == 4


def test_crumbs_pair_labels_and_addresses() -> None:
    html = draw("{% crumbs 'Jejaring' '/jejaring/' 'NTB' '/jejaring/52/' %}")
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', html) == [("/jejaring/", "Jejaring"), ("/jejaring/52/", "NTB")]


def test_panel_is_drawn_from_its_own_values() -> None:
    panel = Panel("components/empty.html", {"title": "Kosong", "text": "Nanti muncul"})
    html = draw("{% show panel %}", panel=panel, title="not this")
    assert words(html) == ["Kosong", "Nanti", "muncul"]


@pytest.mark.parametrize(("done", "value"), [(0, 'value="0"'), (62000, 'value="62000"')])
def test_progress_is_written_for_machines(done: int, value: str) -> None:
    with translation.override("id"):
        html = draw('{% include "components/progress.html" with label="Memuat" done=d total=91599 %}', d=done)
    assert value in html
    assert 'max="91599"' in html


def test_share_never_puts_words_into_the_address_unescaped() -> None:
    html = draw('{% include "components/share.html" with text=t %}', t="a&b c/?")
    assert 'href="https://wa.me/?text=a%26b%20c%2F%3F"' in html


def test_a_field_that_another_answer_makes_necessary_is_not_called_optional() -> None:
    class Asked(forms.Form):
        conditional = ("name",)
        name = forms.CharField(required=False)
        note = forms.CharField(required=False)

    page = engines["django"].from_string("{% fields form %}").render({"form": Asked()})
    assert page.count("boleh kosong") == 1
    assert page.index("boleh kosong") > page.index('id="id_name"')
