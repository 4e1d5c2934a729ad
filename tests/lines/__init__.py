"""The platforms behind the stories: each line takes what people do to a real channel, and judges what they are shown."""
