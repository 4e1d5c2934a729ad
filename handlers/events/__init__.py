"""What has happened: the lines of the journal, and what lets one slice follow another without knowing it.

The first field of every event is the id of its subject and is called after it; `subject("issue")` reads it.
"""

from handlers.events.base import (
    Event as Event,
)
from handlers.events.cases import (
    CaseEnded as CaseEnded,
)
from handlers.events.cases import (
    StageBrief as StageBrief,
)
from handlers.events.cases import (
    StageDecided as StageDecided,
)
from handlers.events.cases import (
    StageEntered as StageEntered,
)
from handlers.events.cases import (
    StageLeft as StageLeft,
)
from handlers.events.cases import (
    TopicRaised as TopicRaised,
)
from handlers.events.decisions import (
    AgendaExtended as AgendaExtended,
)
from handlers.events.decisions import (
    BallotRecorded as BallotRecorded,
)
from handlers.events.decisions import (
    BallotServed as BallotServed,
)
from handlers.events.decisions import (
    ChallengeAnswered as ChallengeAnswered,
)
from handlers.events.decisions import (
    ChallengeMade as ChallengeMade,
)
from handlers.events.decisions import (
    CodeMissed as CodeMissed,
)
from handlers.events.decisions import (
    DeemedAllowed as DeemedAllowed,
)
from handlers.events.decisions import (
    ItemDecided as ItemDecided,
)
from handlers.events.decisions import (
    ItemReached as ItemReached,
)
from handlers.events.decisions import (
    MeetingBegun as MeetingBegun,
)
from handlers.events.decisions import (
    MeetingCalled as MeetingCalled,
)
from handlers.events.decisions import (
    MeetingChanged as MeetingChanged,
)
from handlers.events.decisions import (
    MeetingEnded as MeetingEnded,
)
from handlers.events.decisions import (
    PollAnnounced as PollAnnounced,
)
from handlers.events.decisions import (
    PollChanged as PollChanged,
)
from handlers.events.decisions import (
    PollClosed as PollClosed,
)
from handlers.events.decisions import (
    PollInterim as PollInterim,
)
from handlers.events.decisions import (
    PollOpened as PollOpened,
)
from handlers.events.decisions import (
    PresenceChanged as PresenceChanged,
)
from handlers.events.decisions import (
    Promise as Promise,
)
from handlers.events.decisions import (
    PromisesMade as PromisesMade,
)
from handlers.events.decisions import (
    ProxyEnded as ProxyEnded,
)
from handlers.events.decisions import (
    ProxyGiven as ProxyGiven,
)
from handlers.events.decisions import (
    RecusalLifted as RecusalLifted,
)
from handlers.events.decisions import (
    Recused as Recused,
)
from handlers.events.decisions import (
    RoomVoteAsked as RoomVoteAsked,
)
from handlers.events.decisions import (
    RoomVoteStopped as RoomVoteStopped,
)
from handlers.events.house import (
    AccountBound as AccountBound,
)
from handlers.events.house import (
    AccountsReleased as AccountsReleased,
)
from handlers.events.house import (
    GroupBound as GroupBound,
)
from handlers.events.house import (
    GroupLost as GroupLost,
)
from handlers.events.house import (
    GroupMoved as GroupMoved,
)
from handlers.events.house import (
    HeadsSettled as HeadsSettled,
)
from handlers.events.house import (
    LetterSettled as LetterSettled,
)
from handlers.events.house import (
    ParkedSettled as ParkedSettled,
)
from handlers.events.house import (
    PropertySold as PropertySold,
)
from handlers.events.house import (
    RollImported as RollImported,
)
from handlers.events.issues import (
    AlertAcknowledged as AlertAcknowledged,
)
from handlers.events.issues import (
    IssueChanged as IssueChanged,
)
from handlers.events.issues import (
    IssueClosed as IssueClosed,
)
from handlers.events.issues import (
    IssueMerged as IssueMerged,
)
from handlers.events.issues import (
    IssueMoved as IssueMoved,
)
from handlers.events.issues import (
    IssueReported as IssueReported,
)
from handlers.events.issues import (
    OfferDeclined as OfferDeclined,
)
from handlers.events.learning import (
    ModelRetired as ModelRetired,
)
from handlers.events.learning import (
    ModelTrained as ModelTrained,
)
from handlers.events.learning import (
    PlaceNamed as PlaceNamed,
)
from handlers.events.learning import (
    PlaceUnnamed as PlaceUnnamed,
)
from handlers.events.minutes import (
    CorrectionAnswered as CorrectionAnswered,
)
from handlers.events.minutes import (
    CorrectionAsked as CorrectionAsked,
)
from handlers.events.minutes import (
    MinutesApproved as MinutesApproved,
)
from handlers.events.minutes import (
    MinutesMade as MinutesMade,
)
from handlers.events.minutes import (
    MinutesPublished as MinutesPublished,
)
from handlers.events.minutes import (
    PromiseReadBack as PromiseReadBack,
)
from handlers.events.outcomes import (
    NoticeClosed as NoticeClosed,
)
from handlers.events.outcomes import (
    NoticePosted as NoticePosted,
)
from handlers.events.outcomes import (
    NoticeWithdrawn as NoticeWithdrawn,
)
from handlers.events.outcomes import (
    ObjectionAnswered as ObjectionAnswered,
)
from handlers.events.outcomes import (
    ObjectionMade as ObjectionMade,
)
from handlers.events.outcomes import (
    SurveyAsked as SurveyAsked,
)
from handlers.events.outcomes import (
    SurveyClosed as SurveyClosed,
)
from handlers.events.outcomes import (
    TaskClosed as TaskClosed,
)
from handlers.events.outcomes import (
    TaskOpened as TaskOpened,
)
from handlers.events.outcomes import (
    TaskOverdue as TaskOverdue,
)
from handlers.events.outcomes import (
    TaskReported as TaskReported,
)
from handlers.events.papers import (
    PaperFiled as PaperFiled,
)
from handlers.events.papers import (
    PaperPublished as PaperPublished,
)
from handlers.events.papers import (
    PaperWithdrawn as PaperWithdrawn,
)
from handlers.events.series import (
    MeetingOwed as MeetingOwed,
)
from handlers.events.series import (
    MeetingPrepared as MeetingPrepared,
)
from handlers.events.series import (
    SearchClosed as SearchClosed,
)
from handlers.events.series import (
    SearchOpened as SearchOpened,
)
from handlers.events.series import (
    SeriesEnded as SeriesEnded,
)
from handlers.events.series import (
    SeriesStarted as SeriesStarted,
)
from handlers.events.series import (
    TurnLost as TurnLost,
)
