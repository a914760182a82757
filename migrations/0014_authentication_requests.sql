-- Applications that ask for somebody's sign-in without a browser (OpenID Connect CIBA): they name the person, who answers on
-- a page of ours.
CREATE TABLE authentication_requests (
    -- SHA-256 of the `auth_req_id`.
    hash TEXT {bytes} PRIMARY KEY,
    -- In the address of the page where the person answers. Good for nothing without that person's session.
    id TEXT {bytes} NOT NULL,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    -- Who is to answer, and nobody else.
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The validated request: scopes, binding message, what is asked of the sign-in.
    request TEXT NOT NULL,
    -- Seconds that the application must wait between two questions; when it last asked.
    poll_interval BIGINT NOT NULL,
    polled_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- The answer, once. It goes with the grant, and so with the user.
    denied_at BIGINT,
    grant_id TEXT {bytes} REFERENCES grants (id) ON DELETE CASCADE,
    data TEXT,
    consumed_at BIGINT,
    -- In ping mode, sealed: `auth_req_id` and the application's token for it. NULL once it was told, or given up.
    ping_sealed TEXT,
    -- When it is told next. Whoever tries moves this on first, so that no other node does.
    ping_due_at BIGINT,
    ping_attempts BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX authentication_requests_by_id ON authentication_requests (id);
CREATE INDEX authentication_requests_by_user ON authentication_requests (user_id, expires_at);
CREATE INDEX authentication_requests_by_application ON authentication_requests (application_id, user_id);
CREATE INDEX authentication_requests_by_subscription ON authentication_requests (subscription_id);
CREATE INDEX authentication_requests_by_grant ON authentication_requests (grant_id);
CREATE INDEX authentication_requests_by_expiry ON authentication_requests (expires_at);
CREATE INDEX authentication_requests_to_ping ON authentication_requests (ping_due_at) WHERE ping_due_at IS NOT NULL;
