"""Two enterprises that offices help, and two workers whom the union has surveyed."""

from datetime import timedelta
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.county import County
from services.cli.sample_county.planted import PlantedFact

_ENTERPRISES = (
    ("91349921MA7K3N218E", "粮油加工有限公司", "县总工会"),
    ("93349921MA7K3N488T", "食用菌种植专业合作社", "县教育局"),
)
"""Code, name after the township's, and who helps. Nobody has these codes; their check characters hold."""
_ASKED_BEFORE = timedelta(days=10)


def facts_of_parties(county: County, seed: int) -> list[PlantedFact]:
    random, asked_on = Random(f"{seed}:parties"), (county.today - _ASKED_BEFORE).isoformat()
    school = county.places.schools[0]
    township = school.township

    def person() -> str:
        return names.adult_name(random, names.surname(random))

    enterprises = [
        {
            "credit_code": code,
            "name": f"{names.COUNTY_NAME}{township.name}{name}",
            "enterprise_division": township.code,
            "helper": helper,
            "contact": person(),
            "registered_on": county.term_began.isoformat(),
        }
        for code, name, helper in _ENTERPRISES
    ]
    in_hardship = {
        "group": "HARDSHIP",
        "employer": enterprises[0]["name"],
        "people": 4,
        "causes": ["ILLNESS", "SCHOOLING"],
        "needs": ["MEDICAL", "SCHOOLING"],
    }
    model = {"group": "MODEL_WORKER", "employer": school.name, "people": 3, "honour": "县先进工作者"}
    surveys = [
        {"name": person(), "worker_division": township.code, "surveyed_on": asked_on, **of_worker}
        for of_worker in (in_hardship, model)
    ]
    return [
        *(PlantedFact(path="enterprises/registrations", body=body) for body in enterprises),
        *(PlantedFact(path="workers/surveys", body=body) for body in surveys),
    ]
