-- Applications that register themselves (RFC 7591, RFC 7592).

-- What an administrator hands out, so that somebody may register.
CREATE TABLE initial_access_tokens (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    -- SHA-256 of the token.
    hash TEXT {bytes} NOT NULL,
    -- For those who read the list.
    name TEXT NOT NULL,
    -- How often it may be used, and was.
    max_uses BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX initial_access_tokens_by_hash ON initial_access_tokens (hash);
CREATE INDEX initial_access_tokens_by_subscription ON initial_access_tokens (subscription_id, id);
CREATE INDEX initial_access_tokens_by_expiry ON initial_access_tokens (expires_at);

-- Who manages an application that registered itself. It goes with the application: one that comes back by undo
-- is an administrator's.
CREATE TABLE client_registrations (
    application_id TEXT {bytes} PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    -- SHA-256 of the registration access token.
    token_hash TEXT {bytes} NOT NULL,
    -- How it said that it would send its secret: `client_secret_basic` or `client_secret_post`.
    secret_method TEXT NOT NULL,
    -- By which token it came; `NULL` where anybody may, and when that token is forgotten.
    initial_access_token_id TEXT {bytes} REFERENCES initial_access_tokens (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX client_registrations_by_token ON client_registrations (token_hash);
CREATE INDEX client_registrations_by_subscription ON client_registrations (subscription_id);
CREATE INDEX client_registrations_by_initial_token ON client_registrations (initial_access_token_id);
