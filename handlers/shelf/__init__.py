"""The shelf: papers made from facts get a number and a code and are kept word for word; any slice may file one."""

from handlers.shelf.filing import Order as Order
from handlers.shelf.filing import docx_of as docx_of
from handlers.shelf.filing import file_paper as file_paper
from handlers.shelf.filing import picture_of as picture_of
from handlers.shelf.roll import Roll as Roll
from handlers.shelf.roll import roll_of as roll_of
