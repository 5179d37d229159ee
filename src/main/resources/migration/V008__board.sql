-- How a site stands is worked out from facts; the column state keeps what came out of them, to be counted.
ALTER TABLE invitation
  ADD COLUMN by_page    boolean NOT NULL DEFAULT false,  -- our page has carried its line in this visit
  ADD COLUMN in_video   boolean NOT NULL DEFAULT false,  -- the conference says that it stands, and that counts
  ADD COLUMN lost_at    timestamptz,                     -- null: the line stands
  ADD COLUMN weak_at    timestamptz,                     -- null: it is not weak
  ADD COLUMN phone      text,                            -- the number by which it is reached; null: it is not on the phone
  ADD COLUMN phone_at   timestamptz,
  ADD COLUMN in_support boolean NOT NULL DEFAULT false,
  ADD COLUMN last_check text NOT NULL DEFAULT 'NONE' CHECK (last_check IN ('NONE', 'GOOD', 'BAD'));
UPDATE invitation SET by_page = true WHERE joined_at IS NOT NULL AND left_at IS NULL;
UPDATE invitation SET lost_at = now() WHERE state = 'LOST';

-- One open interval for each source: a page and a conference may both say that a site stands.
DROP INDEX presence_interval_open;
CREATE UNIQUE INDEX presence_interval_open ON presence_interval (briefing, endpoint, source) WHERE to_at IS NULL;

-- From when to when a site was lost. A reconnect lengthens an interval of presence; here it is told.
CREATE TABLE line_loss (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  briefing uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  endpoint uuid NOT NULL,
  lost_at  timestamptz NOT NULL,
  found_at timestamptz
);
CREATE INDEX line_loss_site ON line_loss (briefing, endpoint);

-- How a site's line was, in windows of some seconds, as its own page measured it. No row: not measured.
CREATE TABLE line_window (
  briefing      uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  endpoint      uuid NOT NULL,
  from_at       timestamptz NOT NULL,
  to_at         timestamptz NOT NULL,
  quality       text NOT NULL CHECK (quality IN ('GOOD', 'FAIR', 'WEAK', 'BAD')),
  round_trip_ms integer NOT NULL,
  jitter_ms     integer NOT NULL,
  stalls        integer NOT NULL,
  loss_permille integer,                                 -- null: not measured, which is not 0
  PRIMARY KEY (briefing, endpoint, from_at)
);

-- A site that needs help: asked for by itself or not, taken aside by a technician, brought back.
CREATE TABLE support_case (
  id         uuid PRIMARY KEY,
  briefing   uuid NOT NULL,
  endpoint   uuid NOT NULL,
  reason     text NOT NULL,
  text       text NOT NULL DEFAULT '',
  opened_at  timestamptz NOT NULL,
  asked      boolean NOT NULL,                           -- by the site itself
  taken_at   timestamptz,
  taken_by   uuid REFERENCES person,
  taken_name text NOT NULL DEFAULT '',                   -- as it was called then
  room       text NOT NULL UNIQUE,                       -- Jitsi's room of this case alone
  ended_at   timestamptz,
  FOREIGN KEY (briefing, endpoint) REFERENCES invitation ON DELETE CASCADE
);
CREATE UNIQUE INDEX support_case_open ON support_case (briefing, endpoint) WHERE ended_at IS NULL;

-- Who has seen an alarm. One that begins anew (another since) has not been seen.
CREATE TABLE alarm_ack (
  briefing uuid NOT NULL,
  endpoint uuid NOT NULL,
  alarm    text NOT NULL,
  since    timestamptz NOT NULL,
  at       timestamptz NOT NULL,
  person   uuid NOT NULL REFERENCES person,
  name     text NOT NULL,
  PRIMARY KEY (briefing, endpoint, alarm),
  FOREIGN KEY (briefing, endpoint) REFERENCES invitation ON DELETE CASCADE
);
