-- The two roles that the server works under. `app` carries out commands, `read` serves what is public or followed:
-- what `read` has no grant on cannot leak by a mistake in code. Whoever runs the migration needs CREATEROLE, or
-- the two roles made beforehand and granted to him.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['giaoban_app', 'giaoban_read'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT pg_has_role(current_user, r, 'USAGE') THEN
      EXECUTE format('GRANT %I TO %I', r, current_user);
    END IF;
  END LOOP;
END $$;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Later tables of the schema are open to commands; reading is granted table by table.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO giaoban_app;
GRANT USAGE ON SCHEMA public TO giaoban_app, giaoban_read;

-- Which database these epochs belong to: a restore or a promoted standby shows as another identifier or timeline.
CREATE TABLE installation (
  only_one          boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  system_identifier text NOT NULL,
  timeline          integer NOT NULL
);

-- One row per subject: the lock of its only writer, and the head of its hash chain.
CREATE TABLE subject (
  id    text PRIMARY KEY CHECK (length(id) <= 100),
  n     bigint NOT NULL DEFAULT 0,
  hash  bytea NOT NULL DEFAULT '\x'
);

CREATE TABLE journal_entry (
  subject text NOT NULL REFERENCES subject,
  n       bigint NOT NULL,
  at      timestamptz NOT NULL,
  actor   text NOT NULL,
  verb    text NOT NULL,
  what    text NOT NULL,                  -- canonical JSON: these very bytes are hashed
  hash    bytea NOT NULL,
  PRIMARY KEY (subject, n)
);

-- Personal values of an entry; the chain holds only their salted digest, so that they can be erased.
CREATE TABLE journal_personal (
  subject text NOT NULL,
  n       bigint NOT NULL,
  name    text NOT NULL,
  salt    bytea NOT NULL,
  value   text NOT NULL,
  PRIMARY KEY (subject, n, name),
  FOREIGN KEY (subject, n) REFERENCES journal_entry
);

-- Every minute the heads that moved are anchored in one chain, so that a cut tail is found.
CREATE TABLE journal_anchor (
  n     bigint PRIMARY KEY,
  at    timestamptz NOT NULL,
  heads text NOT NULL,
  hash  bytea NOT NULL
);

-- The audit is written once. Not even `app` may change it.
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME; END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON journal_anchor FOR EACH ROW EXECUTE FUNCTION never();
REVOKE UPDATE, DELETE ON journal_entry, journal_anchor FROM giaoban_app;

-- The first answer to a creating POST, kept in the same transaction as what it created.
CREATE TABLE idempotency (
  actor   text NOT NULL,
  key     text NOT NULL,
  request bytea NOT NULL,
  at      timestamptz NOT NULL DEFAULT now(),
  status  integer,
  headers text,
  body    text,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

-- One audience's numbered picture of one thing.
CREATE TABLE stream_head (
  stream     text NOT NULL,
  audience   text NOT NULL,
  epoch      text NOT NULL,
  seq        bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (stream, audience)
);
CREATE INDEX stream_head_changed ON stream_head (changed_at);

CREATE TABLE stream_patch (
  stream   text NOT NULL,
  audience text NOT NULL,
  epoch    text NOT NULL,
  seq      bigint NOT NULL,
  at       timestamptz NOT NULL,
  patch    text NOT NULL,
  PRIMARY KEY (stream, audience, epoch, seq)
);

-- The folded picture, written in the background; the last two are kept.
CREATE TABLE stream_checkpoint (
  stream   text NOT NULL,
  audience text NOT NULL,
  epoch    text NOT NULL,
  seq      bigint NOT NULL,
  view     text NOT NULL,
  PRIMARY KEY (stream, audience, epoch, seq)
);
GRANT SELECT ON stream_head, stream_patch, stream_checkpoint TO giaoban_read;

-- What is to happen at a time. Rows are only added: an act that no longer fits the state does nothing.
CREATE TABLE due_act (
  id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at      timestamptz NOT NULL,
  act     text NOT NULL,
  subject text NOT NULL,
  detail  text NOT NULL DEFAULT '{}',
  done_at timestamptz,
  failed  integer NOT NULL DEFAULT 0,
  UNIQUE (act, subject, at)
);
CREATE INDEX due_act_open ON due_act (at) WHERE done_at IS NULL;
