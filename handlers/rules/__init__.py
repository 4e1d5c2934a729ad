"""Rules 规则: who must be there and who must say yes, as data; verdicts exact to the last head and centimetre."""
