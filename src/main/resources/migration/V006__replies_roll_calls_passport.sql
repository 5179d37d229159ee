-- Until when a briefing's sites are asked to answer.
CREATE TABLE reply_deadline (
  briefing uuid PRIMARY KEY REFERENCES briefing ON DELETE CASCADE,
  reply_by timestamptz NOT NULL
);

-- What a site has answered to its invitation; no row: nothing yet.
CREATE TABLE reply (
  briefing         uuid NOT NULL,
  endpoint         uuid NOT NULL,
  answer           text NOT NULL,
  reason           text NOT NULL DEFAULT '',
  at               timestamptz NOT NULL,
  person           uuid NOT NULL REFERENCES person,
  late             boolean NOT NULL,
  planned_start    timestamptz NOT NULL,           -- the hour that was answered to
  substitute       text NOT NULL DEFAULT '',
  substitute_title text NOT NULL DEFAULT '',
  instead          text NOT NULL DEFAULT '',       -- whose place the substitute takes
  consent          text,
  note             text NOT NULL DEFAULT '',
  decided_at       timestamptz,
  PRIMARY KEY (briefing, endpoint),
  FOREIGN KEY (briefing, endpoint) REFERENCES invitation ON DELETE CASCADE,
  CHECK ((substitute = '') = (consent IS NULL))
);

-- Who is registered before the doors open is one thing, who came another: from_at stays empty until he is there.
ALTER TABLE delegate ADD COLUMN registered_at timestamptz;
ALTER TABLE delegate ALTER COLUMN from_at DROP NOT NULL;
UPDATE delegate d SET registered_at = d.from_at,
  from_at = CASE WHEN b.opened_at IS NULL THEN NULL ELSE greatest(d.from_at, b.opened_at) END
FROM briefing b WHERE b.id = d.briefing AND (b.opened_at IS NULL OR d.from_at < b.opened_at);
ALTER TABLE delegate ADD CONSTRAINT delegate_known CHECK (registered_at IS NOT NULL OR from_at IS NOT NULL);

-- A roll call as it stands: whoever reloads, or sits down at another computer, goes on where it was.
CREATE TABLE roll_call (
  id         uuid PRIMARY KEY,
  briefing   uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  n          integer NOT NULL,
  seconds    integer NOT NULL CHECK (seconds > 0),
  status     text NOT NULL,
  round      integer NOT NULL,
  sites      uuid[] NOT NULL,                      -- all of them, in the order of protocol
  queue      uuid[] NOT NULL,                      -- those of this round
  place      integer NOT NULL,                     -- who of the queue is being called
  called_at  timestamptz NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz,
  UNIQUE (briefing, n)
);
CREATE UNIQUE INDEX roll_call_one ON roll_call (briefing) WHERE ended_at IS NULL;

CREATE TABLE roll_call_mark (
  roll_call uuid NOT NULL REFERENCES roll_call ON DELETE CASCADE,
  endpoint  uuid NOT NULL REFERENCES endpoint,
  result    text NOT NULL,
  round     integer NOT NULL,
  at        timestamptz NOT NULL,
  person    uuid REFERENCES person,                -- nobody: the time was up
  PRIMARY KEY (roll_call, endpoint)
);

-- What is told of one site's past is looked up by verb.
CREATE INDEX journal_entry_verb ON journal_entry (verb, subject);
