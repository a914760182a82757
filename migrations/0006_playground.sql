-- Sign-ins that an administrator tried out from the console: visible to that administrator only, kept for
-- a day. No code, token, cookie or secret is in a row: the state is there as its SHA-256, verifier and nonce
-- are sealed and go when the run is answered, and the record holds decoded headers and claims.
CREATE TABLE playground_runs (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    administrator_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- NULL for a run without a browser.
    state_hash TEXT {bytes} UNIQUE,
    -- SHA-256 of the whole authorization request: the built-in redirect URI goes with that one only.
    request_hash TEXT {bytes},
    sealed TEXT,
    record TEXT NOT NULL,
    -- Of the refusal that ended it, as the failure doctor knows it.
    reference TEXT {bytes},
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT
);
CREATE INDEX playground_runs_by_administrator ON playground_runs (administrator_id, id);
CREATE INDEX playground_runs_by_creation ON playground_runs (created_at);
