"""The ledgers of the visits service: stored rows, and the views that people ask for."""

from services.visits.ledgers.calendar import CALENDAR
from services.visits.ledgers.children import CHILDREN, SCHOOLS
from services.visits.ledgers.household_visits import HOUSEHOLD_VISITS
from services.visits.ledgers.persuasion_attempts import PERSUASION_ATTEMPTS
from services.visits.ledgers.photos import PHOTOS
from services.visits.ledgers.plans import PLANS
from services.visits.ledgers.posts import POSTS
from services.visits.ledgers.stability_checks import STABILITY_CHECKS

LEDGERS = (CALENDAR, CHILDREN, SCHOOLS, HOUSEHOLD_VISITS, PERSUASION_ATTEMPTS, PLANS, STABILITY_CHECKS, POSTS, PHOTOS)
