-- Devices that wait for a person to enter their code in a browser elsewhere (RFC 8628).
CREATE TABLE device_codes (
    hash TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    -- SHA-256 of the code that people enter, in its one form.
    user_code_hash TEXT {bytes} NOT NULL,
    -- The validated request: scopes.
    request TEXT NOT NULL,
    -- Seconds that the device must wait between two questions; when it last asked.
    poll_interval BIGINT NOT NULL,
    polled_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- The answer, once: no; or yes, with the grant, and who granted what. It goes with the grant, and so with the user.
    denied_at BIGINT,
    grant_id TEXT {bytes} REFERENCES grants (id) ON DELETE CASCADE,
    data TEXT,
    consumed_at BIGINT
);
-- A code names one device, as long as its row is there.
CREATE UNIQUE INDEX device_codes_by_user_code ON device_codes (subscription_id, user_code_hash);
CREATE INDEX device_codes_by_application ON device_codes (application_id);
CREATE INDEX device_codes_by_grant ON device_codes (grant_id);
CREATE INDEX device_codes_by_expiry ON device_codes (expires_at);
