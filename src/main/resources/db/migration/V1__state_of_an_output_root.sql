-- One output root's durable state. Instants are ISO-8601 text in UTC, durations nanoseconds,
-- digests SHA-256 in hexadecimal, paths relative to the output root with '/'.
-- Every migration ends by setting user_version to its own number: programs compare it with theirs.

CREATE TABLE runs (
  id          TEXT PRIMARY KEY,
  engine      TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  finished_at TEXT,
  exit_code   INTEGER,
  version     TEXT NOT NULL,
  pid         INTEGER NOT NULL
) STRICT;

-- id is name_key8, the first half of the ids of its jobs.
CREATE TABLE works (
  id           TEXT PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  prompt_file  TEXT NOT NULL,
  frames       INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('OPEN', 'DONE', 'FAILED')),
  error        TEXT,
  jobs         INTEGER,
  video        TEXT,
  video_frames INTEGER,
  video_final  INTEGER
) STRICT;

CREATE TABLE jobs (
  id          TEXT PRIMARY KEY,
  work        TEXT NOT NULL REFERENCES works (id),
  kind        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'DONE', 'FAILED')),
  fingerprint TEXT,
  attempts    INTEGER NOT NULL,
  failures    INTEGER NOT NULL,
  failure     TEXT,
  took_ns     INTEGER
) STRICT;
CREATE INDEX jobs_of_work ON jobs (work, state);
CREATE INDEX jobs_not_done ON jobs (id) WHERE state <> 'DONE';

CREATE TABLE attempts (
  id           INTEGER PRIMARY KEY,
  job          TEXT NOT NULL REFERENCES jobs (id),
  number       INTEGER NOT NULL,
  fingerprint  TEXT NOT NULL,
  resource     TEXT NOT NULL,
  client_id    TEXT NOT NULL,
  prompt_id    TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('OPEN', 'DONE', 'FAILED', 'ABANDONED')),
  started_at   TEXT NOT NULL,
  ended_at     TEXT,
  failure_kind TEXT,
  found        TEXT,
  remedy       TEXT,
  UNIQUE (job, number)
) STRICT;
CREATE UNIQUE INDEX attempts_open ON attempts (job) WHERE state = 'OPEN';

CREATE TABLE inputs (
  attempt  INTEGER NOT NULL REFERENCES attempts (id),
  variable TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  PRIMARY KEY (attempt, variable)
) STRICT, WITHOUT ROWID;

-- discarded says why the file was cleaned away; NULL while it is there.
CREATE TABLE artifacts (
  job       TEXT NOT NULL REFERENCES jobs (id),
  role      TEXT NOT NULL,
  path      TEXT NOT NULL,
  size      INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  frames    INTEGER NOT NULL,
  discarded TEXT,
  PRIMARY KEY (job, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  key          TEXT PRIMARY KEY REFERENCES works (key),
  uri          TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  checksum     TEXT NOT NULL,
  delivered_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id   INTEGER PRIMARY KEY,
  run  TEXT NOT NULL REFERENCES runs (id),
  at   TEXT NOT NULL,
  type TEXT NOT NULL,
  job  TEXT,
  work TEXT,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_work ON events (work) WHERE work IS NOT NULL;

-- Only the last step of each job: a night has millions of steps, and nobody asks for old ones.
CREATE TABLE progress (
  job   TEXT PRIMARY KEY,
  at    TEXT NOT NULL,
  label TEXT NOT NULL,
  step  INTEGER NOT NULL,
  steps INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reasons (
  job    TEXT PRIMARY KEY,
  at     TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
