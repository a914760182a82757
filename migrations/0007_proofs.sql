-- The secret itself, sealed under the master key, where the server has to sign with it.
ALTER TABLE secrets ADD COLUMN sealed TEXT;
ALTER TABLE removed_secrets ADD COLUMN sealed TEXT;

-- Signed messages that count once: client assertions and proofs of possession, by SHA-256, until they would be
-- refused for their age anyway.
CREATE TABLE used_messages (
    hash TEXT {bytes} PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX used_messages_by_expiry ON used_messages (expires_at);

-- Authorization requests that an application pushed (RFC 9126), by the SHA-256 of what the browser brings.
CREATE TABLE pushed_requests (
    hash TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    -- The parameters, urlencoded, without the application's credentials.
    request TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX pushed_requests_by_application ON pushed_requests (application_id);
CREATE INDEX pushed_requests_by_expiry ON pushed_requests (expires_at);
