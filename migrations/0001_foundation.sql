-- The foundation. One tree for SQLite and PostgreSQL:
--   TEXT, BIGINT and BOOLEAN only; JSON as TEXT; times are whole seconds since 1970;
--   {bytes} is replaced by the collation that sorts by byte order on each engine;
--   columns named *_key hold canonical forms computed in Rust (model::canonical).
-- Tokens, codes, cookies and generated secrets are stored as SHA-256 (hex) only.

-- Facts about the installation: the fingerprint of the master key, the configuration version.
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE subscriptions (
    id TEXT {bytes} PRIMARY KEY,
    slug TEXT {bytes} NOT NULL UNIQUE,
    name_key TEXT {bytes} NOT NULL,
    built_in BOOLEAN NOT NULL,
    spec TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Moves with every change to anything that the snapshot of this subscription holds.
    config_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE INDEX subscriptions_by_name ON subscriptions (name_key, id);

CREATE TABLE signing_keys (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    alg TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    private_sealed TEXT NOT NULL,
    -- Published from creation; signs from activates_at until retires_at; gone from the JWKS at expires_at.
    created_at BIGINT NOT NULL,
    activates_at BIGINT NOT NULL,
    retires_at BIGINT,
    expires_at BIGINT
);
CREATE INDEX signing_keys_by_subscription ON signing_keys (subscription_id, activates_at);

CREATE TABLE claims (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    name TEXT {bytes} NOT NULL,
    name_key TEXT {bytes} NOT NULL,
    standard BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    spec TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (subscription_id, name)
);
CREATE INDEX claims_by_name ON claims (subscription_id, standard, name_key, id);

CREATE TABLE api_connections (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    name TEXT {bytes} NOT NULL,
    name_key TEXT {bytes} NOT NULL,
    spec TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX api_connections_by_name ON api_connections (subscription_id, name);
CREATE INDEX api_connections_in_order ON api_connections (subscription_id, name_key, id);

-- Identity and API scopes share one namespace.
CREATE TABLE scopes (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    name TEXT {bytes} NOT NULL,
    name_key TEXT {bytes} NOT NULL,
    -- NULL for an identity scope.
    api_connection_id TEXT {bytes} REFERENCES api_connections (id),
    position BIGINT NOT NULL,
    spec TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (subscription_id, name)
);
CREATE INDEX scopes_by_connection ON scopes (api_connection_id, name_key, id);
CREATE INDEX scopes_in_order ON scopes (subscription_id, name_key, id);

CREATE TABLE identity_scope_claims (
    scope_id TEXT {bytes} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    claim_id TEXT {bytes} NOT NULL REFERENCES claims (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (scope_id, claim_id)
);
CREATE INDEX identity_scope_claims_by_claim ON identity_scope_claims (claim_id);

CREATE TABLE applications (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    client_id TEXT {bytes} NOT NULL,
    name_key TEXT {bytes} NOT NULL,
    built_in BOOLEAN NOT NULL,
    spec TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE UNIQUE INDEX applications_by_client_id ON applications (subscription_id, client_id);
CREATE INDEX applications_in_order ON applications (subscription_id, name_key, id);

CREATE TABLE application_scopes (
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    scope_id TEXT {bytes} NOT NULL REFERENCES scopes (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (application_id, scope_id)
);
CREATE INDEX application_scopes_by_scope ON application_scopes (scope_id);

CREATE TABLE application_required_claims (
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    claim_id TEXT {bytes} NOT NULL REFERENCES claims (id),
    stage TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (application_id, claim_id)
);
CREATE INDEX application_required_claims_by_claim ON application_required_claims (claim_id);

-- client_ids of applications and names of API connections share one namespace.
CREATE TABLE client_names (
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    name TEXT {bytes} NOT NULL,
    PRIMARY KEY (subscription_id, name)
);

CREATE TABLE secrets (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    application_id TEXT {bytes} REFERENCES applications (id) ON DELETE CASCADE,
    api_connection_id TEXT {bytes} REFERENCES api_connections (id) ON DELETE CASCADE,
    hash TEXT {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    CHECK ((application_id IS NULL) <> (api_connection_id IS NULL))
);
CREATE INDEX secrets_by_application ON secrets (application_id);
CREATE INDEX secrets_by_connection ON secrets (api_connection_id);
CREATE INDEX secrets_by_subscription ON secrets (subscription_id);

CREATE TABLE users (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    username TEXT,
    username_key TEXT {bytes},
    email TEXT,
    email_key TEXT {bytes},
    email_verified BOOLEAN NOT NULL,
    -- What lists sort by: the user name, else the address.
    sort_key TEXT {bytes} NOT NULL,
    password_hash TEXT,
    password_changed_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE UNIQUE INDEX users_by_username ON users (subscription_id, username_key) WHERE username_key IS NOT NULL;
CREATE UNIQUE INDEX users_by_email ON users (subscription_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX users_in_order ON users (subscription_id, sort_key, id);

CREATE TABLE claim_values (
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    claim_id TEXT {bytes} NOT NULL REFERENCES claims (id),
    value TEXT NOT NULL,
    -- Canonical text, for search.
    canonical TEXT {bytes} NOT NULL,
    -- The canonical text where the claim is unique.
    unique_key TEXT {bytes},
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, claim_id)
);
CREATE UNIQUE INDEX claim_values_unique ON claim_values (claim_id, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX claim_values_by_claim ON claim_values (claim_id, canonical);

CREATE TABLE consents (
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, application_id)
);
CREATE INDEX consents_by_application ON consents (application_id);

-- Administrators: users of the built-in subscription with a role. '*' is the installation.
CREATE TABLE roles (
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    subscription_id TEXT {bytes} NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, subscription_id)
);
CREATE INDEX roles_by_subscription ON roles (subscription_id, role);

CREATE TABLE setup_links (
    hash TEXT {bytes} PRIMARY KEY,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

-- A browser signed in to one subscription.
CREATE TABLE sessions (
    id TEXT {bytes} PRIMARY KEY,
    hash TEXT {bytes} NOT NULL UNIQUE,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id),
    user_id TEXT {bytes} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    auth_time BIGINT NOT NULL,
    amr TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_subscription ON sessions (subscription_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The console's own session, child of a sign-in session of the built-in subscription.
CREATE TABLE console_sessions (
    hash TEXT {bytes} PRIMARY KEY,
    session_id TEXT {bytes} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX console_sessions_by_session ON console_sessions (session_id);
CREATE INDEX console_sessions_by_expiry ON console_sessions (expires_at);

-- An authorization or logout request on its way through our pages.
CREATE TABLE interactions (
    hash TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX interactions_by_expiry ON interactions (expires_at);

-- What a user (or an application for itself) granted once: the family of all that is issued from it.
CREATE TABLE grants (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    user_id TEXT {bytes} REFERENCES users (id) ON DELETE CASCADE,
    session_id TEXT {bytes} REFERENCES sessions (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grants_by_user ON grants (user_id, application_id);
CREATE INDEX grants_by_application ON grants (application_id);
CREATE INDEX grants_by_session ON grants (session_id);
CREATE INDEX grants_by_expiry ON grants (expires_at);

CREATE TABLE codes (
    hash TEXT {bytes} PRIMARY KEY,
    grant_id TEXT {bytes} NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    -- What the code stands for: scopes, redirect URI, challenge, nonce, requested claims, auth_time.
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT
);
CREATE INDEX codes_by_grant ON codes (grant_id);
CREATE INDEX codes_by_expiry ON codes (expires_at);

CREATE TABLE refresh_tokens (
    hash TEXT {bytes} PRIMARY KEY,
    grant_id TEXT {bytes} NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT,
    revoked_at BIGINT,
    successor_hash TEXT {bytes}
);
CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

-- Reference access tokens. grant_id is NULL for client credentials.
CREATE TABLE access_tokens (
    hash TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes} NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    user_id TEXT {bytes} REFERENCES users (id) ON DELETE CASCADE,
    grant_id TEXT {bytes} REFERENCES grants (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX access_tokens_by_grant ON access_tokens (grant_id);
CREATE INDEX access_tokens_by_user ON access_tokens (user_id);
CREATE INDEX access_tokens_by_application ON access_tokens (application_id);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

-- JWT access tokens revoked before their end.
CREATE TABLE revoked_tokens (
    jti TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);

-- Failed sign-ins, counted together for all names of one user and for each address.
CREATE TABLE attempts (
    key TEXT {bytes} PRIMARY KEY,
    failures BIGINT NOT NULL,
    window_started_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
CREATE INDEX attempts_by_window ON attempts (window_started_at);

-- Every change of configuration. subscription_id has no foreign key: the log outlives its object.
CREATE TABLE revisions (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes},
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    object_type TEXT NOT NULL,
    object_id TEXT {bytes} NOT NULL,
    object_name TEXT NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX revisions_by_subscription ON revisions (subscription_id, id);
CREATE INDEX revisions_by_object ON revisions (object_id, id);

-- Sign-ins, denials, edits of users (naming claims, never values).
CREATE TABLE events (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    user_id TEXT {bytes},
    application_id TEXT {bytes},
    -- The short reference that a failure page shows.
    reference TEXT {bytes},
    data TEXT NOT NULL
);
CREATE INDEX events_by_subscription ON events (subscription_id, id);
CREATE INDEX events_by_user ON events (user_id, id);
CREATE INDEX events_by_reference ON events (reference) WHERE reference IS NOT NULL;
