"""Human rating: do people find generated questions better than baseline ones? (Appendix C.10, Table 9)"""

from pages.shared import controls, member, show
from pages.shared.choose import pick_study
from pages.validate import human_rating, raters

show.head("Human rating", "Do people find the generated questions as sensible, and more telling, than ordinary ones?")
path = pick_study()

with show.errors():
    rest_of_views = {"results": "Results", "invite": "Set up and invite"} if member.may("read") else {}  # who only rates stays blind
    rate, *rest = controls.tabs("tab", {"rate": "Rate questions", **rest_of_views})
    if rate.open:
        with rate:
            if raters.own_study(path):
                human_rating.rate(path)
    if rest and rest[0].open:
        with rest[0]:
            human_rating.result(path)
    if rest and rest[1].open:
        with rest[1]:
            if raters.own_study(path):
                human_rating.prepare(path)

show.how_to_read(human_rating.EXPLAINS)
