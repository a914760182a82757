-- Applications are told when a session that they got something in has ended (OpenID Connect Back-Channel
-- Logout 1.0).

-- True where the specification names an address to tell.
ALTER TABLE applications ADD COLUMN backchannel_logout BOOLEAN NOT NULL DEFAULT FALSE;

-- Who got something in a session, also when the grant is long gone. An application knows the session by the
-- `sid` that was told to it: another one than the session's, where the same person signed in anew in between.
CREATE TABLE session_applications (
    session_id TEXT {bytes} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    sid TEXT {bytes} NOT NULL,
    PRIMARY KEY (session_id, application_id, sid)
);
CREATE INDEX session_applications_by_application ON session_applications (application_id);
INSERT INTO session_applications (session_id, application_id, sid)
    SELECT DISTINCT session_id, application_id, session_id FROM grants WHERE session_id IS NOT NULL;

-- What is to be told, and what came of it. Session and user may be gone by then.
CREATE TABLE logouts (
    sid TEXT {bytes} NOT NULL,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    user_id TEXT {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it is tried next. Whoever tries it moves this on first, so that no other node does.
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Delivered, or with a reason given up.
    finished_at BIGINT,
    -- Of the last attempt that failed.
    reason TEXT,
    PRIMARY KEY (sid, application_id)
);
CREATE INDEX logouts_due ON logouts (due_at) WHERE finished_at IS NULL;
CREATE INDEX logouts_by_application ON logouts (application_id, created_at);
CREATE INDEX logouts_by_subscription ON logouts (subscription_id);
CREATE INDEX logouts_finished ON logouts (finished_at) WHERE finished_at IS NOT NULL;
