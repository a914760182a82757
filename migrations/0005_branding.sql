-- Pictures that subscriptions show to end users. A revision names one by its hash only, so that undo
-- finds it here: it stays for a while after the last use.
CREATE TABLE images (
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    -- SHA-256 of the bytes, hexadecimal.
    hash TEXT {bytes} NOT NULL,
    -- Media type.
    type TEXT NOT NULL,
    base64 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Since when nothing refers to it.
    unused_at BIGINT,
    PRIMARY KEY (subscription_id, hash)
);
CREATE INDEX images_by_disuse ON images (unused_at);
