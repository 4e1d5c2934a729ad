"""The operator's configuration: read, checked as a whole, every mistake named at once."""

from bot.config.faults import BadConfig as BadConfig
from bot.config.faults import Fault as Fault
from bot.config.load import load_config as load_config
from bot.config.load import missing_for_run as missing_for_run
from bot.config.model import Community as Community
from bot.config.model import Config as Config
from bot.config.model import FollowUps as FollowUps
from bot.config.model import Intake as Intake
from bot.config.model import Meetings as Meetings
from bot.config.model import Operator as Operator
from bot.config.model import Storage as Storage
from bot.config.model import Telegram as Telegram
from bot.config.model import Understanding as Understanding
from bot.config.model import Web as Web
from bot.config.reading import QuietHours as QuietHours
