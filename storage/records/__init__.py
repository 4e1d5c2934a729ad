"""The nouns. Frozen records whose fields are the columns of their table, in the same order."""

from storage.records.ballots import (
    Challenge as Challenge,
)
from storage.records.ballots import (
    ChallengeState as ChallengeState,
)
from storage.records.ballots import (
    Heads as Heads,
)
from storage.records.ballots import (
    Joining as Joining,
)
from storage.records.ballots import (
    Ownership as Ownership,
)
from storage.records.ballots import (
    Property as Property,
)
from storage.records.ballots import (
    Proxy as Proxy,
)
from storage.records.ballots import (
    Recusal as Recusal,
)
from storage.records.ballots import (
    Service as Service,
)
from storage.records.ballots import (
    UnitUse as UnitUse,
)
from storage.records.decisions import (
    Ballot as Ballot,
)
from storage.records.decisions import (
    Case as Case,
)
from storage.records.decisions import (
    CaseState as CaseState,
)
from storage.records.decisions import (
    Choice as Choice,
)
from storage.records.decisions import (
    Elector as Elector,
)
from storage.records.decisions import (
    Poll as Poll,
)
from storage.records.decisions import (
    PollState as PollState,
)
from storage.records.decisions import (
    Secrecy as Secrecy,
)
from storage.records.decisions import (
    Step as Step,
)
from storage.records.decisions import (
    Topic as Topic,
)
from storage.records.decisions import (
    TopicState as TopicState,
)
from storage.records.gatherings import (
    Attendance as Attendance,
)
from storage.records.gatherings import (
    AttendedBy as AttendedBy,
)
from storage.records.gatherings import (
    Capacity as Capacity,
)
from storage.records.gatherings import (
    Correction as Correction,
)
from storage.records.gatherings import (
    CorrectionState as CorrectionState,
)
from storage.records.gatherings import (
    Feed as Feed,
)
from storage.records.gatherings import (
    Hand as Hand,
)
from storage.records.gatherings import (
    Minutes as Minutes,
)
from storage.records.gatherings import (
    MinutesState as MinutesState,
)
from storage.records.gatherings import (
    Search as Search,
)
from storage.records.gatherings import (
    SearchState as SearchState,
)
from storage.records.gatherings import (
    Series as Series,
)
from storage.records.gatherings import (
    SeriesState as SeriesState,
)
from storage.records.gatherings import (
    Slot as Slot,
)
from storage.records.gatherings import (
    SlotAnswer as SlotAnswer,
)
from storage.records.gatherings import (
    SlotReply as SlotReply,
)
from storage.records.gatherings import (
    Speech as Speech,
)
from storage.records.gatherings import (
    SpeechKind as SpeechKind,
)
from storage.records.gatherings import (
    StoredPaper as StoredPaper,
)
from storage.records.gatherings import (
    Watch as Watch,
)
from storage.records.issues import (
    Assignment as Assignment,
)
from storage.records.issues import (
    Attachment as Attachment,
)
from storage.records.issues import (
    Category as Category,
)
from storage.records.issues import (
    Issue as Issue,
)
from storage.records.issues import (
    IssueState as IssueState,
)
from storage.records.issues import (
    Kind as Kind,
)
from storage.records.issues import (
    Level as Level,
)
from storage.records.issues import (
    Remark as Remark,
)
from storage.records.learning import (
    Aspect as Aspect,
)
from storage.records.learning import (
    Lesson as Lesson,
)
from storage.records.learning import (
    Model as Model,
)
from storage.records.learning import (
    Opinion as Opinion,
)
from storage.records.learning import (
    PlaceName as PlaceName,
)
from storage.records.learning import (
    Review as Review,
)
from storage.records.meetings import (
    AgendaItem as AgendaItem,
)
from storage.records.meetings import (
    Invitation as Invitation,
)
from storage.records.meetings import (
    Meeting as Meeting,
)
from storage.records.meetings import (
    MeetingState as MeetingState,
)
from storage.records.meetings import (
    Reminder as Reminder,
)
from storage.records.meetings import (
    ReminderKind as ReminderKind,
)
from storage.records.meetings import (
    Reply as Reply,
)
from storage.records.meetings import (
    Wait as Wait,
)
from storage.records.outcomes import (
    Answer as Answer,
)
from storage.records.outcomes import (
    FollowUp as FollowUp,
)
from storage.records.outcomes import (
    Notice as Notice,
)
from storage.records.outcomes import (
    NoticeState as NoticeState,
)
from storage.records.outcomes import (
    Objection as Objection,
)
from storage.records.outcomes import (
    Survey as Survey,
)
from storage.records.outcomes import (
    SurveyState as SurveyState,
)
from storage.records.outcomes import (
    Task as Task,
)
from storage.records.outcomes import (
    TaskReport as TaskReport,
)
from storage.records.outcomes import (
    TaskState as TaskState,
)
from storage.records.people import (
    PUBLIC as PUBLIC,
)
from storage.records.people import (
    Group as Group,
)
from storage.records.people import (
    GroupRole as GroupRole,
)
from storage.records.people import (
    GroupState as GroupState,
)
from storage.records.people import (
    Holding as Holding,
)
from storage.records.people import (
    Identity as Identity,
)
from storage.records.people import (
    Member as Member,
)
from storage.records.people import (
    Role as Role,
)
from storage.records.people import (
    Unit as Unit,
)
from storage.records.people import (
    UnitKind as UnitKind,
)
from storage.records.traces import (
    Entry as Entry,
)
from storage.records.traces import (
    InboxState as InboxState,
)
from storage.records.traces import (
    OutboxState as OutboxState,
)
from storage.records.traces import (
    PostedCard as PostedCard,
)
from storage.records.traces import (
    Received as Received,
)
