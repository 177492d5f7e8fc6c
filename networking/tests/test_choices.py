from networking.forms.choices import QuickSelect


def test_writes_what_djangos_own_select_would():
    select = QuickSelect({"class": "form-select"})
    select.choices = [("", "Any"), (1, "A & <b>"), (2, "B")]

    html = select.render("place", 2, {"id": "id_place", "required": True})

    assert html == (
        '<select class="form-select" id="id_place" name="place" required>'
        '<option value="">Any</option><option value="1">A &amp; &lt;b&gt;</option>'
        '<option value="2" selected>B</option></select>'
    )
    assert '<option value="" selected>' in select.render("place", None)
