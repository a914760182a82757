-- Required claims in stages, and how many people comply.

-- The last day, in UTC, on which a claim of the stage 'skippable' can be skipped.
ALTER TABLE application_required_claims ADD COLUMN until TEXT;

-- When the rules for values last changed: older values are checked again when they are counted.
ALTER TABLE claims ADD COLUMN rules_changed_at BIGINT;
UPDATE claims SET rules_changed_at = updated_at;

-- Who has ever granted an application something. Grants themselves go when they expire.
CREATE TABLE application_users (
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (application_id, user_id)
);
CREATE INDEX application_users_by_user ON application_users (user_id);
INSERT INTO application_users (application_id, user_id)
    SELECT DISTINCT application_id, user_id FROM grants WHERE user_id IS NOT NULL;

-- Whose access ends with an application.
CREATE INDEX grants_live ON grants (application_id, user_id, expires_at) WHERE revoked_at IS NULL;

-- Counted now and then, for applications of more people than are counted while somebody waits.
CREATE TABLE application_counts (
    application_id TEXT {bytes} PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    -- Its people that are not disabled, and all users of the subscription.
    people BIGINT NOT NULL,
    users BIGINT NOT NULL,
    counted_at BIGINT NOT NULL
);
CREATE TABLE claim_counts (
    application_id TEXT {bytes} NOT NULL REFERENCES application_counts (application_id) ON DELETE CASCADE,
    claim_id TEXT {bytes} NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    -- People who hold a value that counts.
    complying BIGINT NOT NULL,
    PRIMARY KEY (application_id, claim_id)
);
CREATE INDEX claim_counts_by_claim ON claim_counts (claim_id);
