-- Administrators by invitation, and what the overview of a subscription shows.

-- A link with which an administrator chooses a password, the first time or a new one. At most one for
-- each: a newer one takes the place of the older, and a used one is gone. NULL made it at the machine.
CREATE TABLE invitations (
    user_id TEXT {bytes} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT {bytes} NOT NULL UNIQUE,
    made_by TEXT {bytes} REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_maker ON invitations (made_by);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

-- How much happened in an hour or a day (UTC). No foreign key: counts of something deleted age away.
CREATE TABLE activity (
    subscription_id TEXT {bytes} NOT NULL,
    span TEXT {bytes} NOT NULL,
    starts_at BIGINT NOT NULL,
    sign_ins BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    PRIMARY KEY (subscription_id, span, starts_at)
);
CREATE INDEX activity_by_age ON activity (span, starts_at);

-- To the minute or so, written in bulk.
ALTER TABLE applications ADD COLUMN last_used_at BIGINT;
ALTER TABLE subscriptions ADD COLUMN last_sign_in_at BIGINT;

-- What is known of before.
UPDATE applications SET last_used_at =
    (SELECT MAX(g.created_at) FROM grants g WHERE g.application_id = applications.id);
UPDATE applications SET last_used_at =
    (SELECT MAX(s.last_used_at) FROM secrets s WHERE s.application_id = applications.id)
WHERE EXISTS (SELECT 1 FROM secrets s
    WHERE s.application_id = applications.id AND s.last_used_at > COALESCE(applications.last_used_at, 0));
