-- How a site stands is worked out from facts; the column state keeps what came out of them, to be counted.
ALTER TABLE invitation
  ADD COLUMN by_page    boolean NOT NULL DEFAULT false,  -- our page has carried its line in this visit
  ADD COLUMN in_video   boolean NOT NULL DEFAULT false,  -- the conference says that it stands, and that counts
  ADD COLUMN lost_at    timestamptz,                     -- null: the line stands
  ADD COLUMN weak       boolean NOT NULL DEFAULT false,
  ADD COLUMN on_phone   boolean NOT NULL DEFAULT false,
  ADD COLUMN in_support boolean NOT NULL DEFAULT false,
  ADD COLUMN last_check text NOT NULL DEFAULT 'NONE' CHECK (last_check IN ('NONE', 'GOOD', 'BAD'));
UPDATE invitation SET by_page = true WHERE joined_at IS NOT NULL AND left_at IS NULL;
UPDATE invitation SET lost_at = now() WHERE state = 'LOST';

-- One open interval for each source: a page and a conference may both say that a site stands.
DROP INDEX presence_interval_open;
CREATE UNIQUE INDEX presence_interval_open ON presence_interval (briefing, endpoint, source) WHERE to_at IS NULL;
