//! Subscriptions, and what one large one holds.

use model::claim_type::ClaimType;
use model::spec::{
    ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ClaimSpec, GrantType, IdentityScopeSpec, RequiredClaim,
    SubscriptionSpec,
};
use service::console::{api_connections, applications, claims, identity_scopes, subscriptions};
use service::{Actor, Ctx};

use super::{LARGE, Size, progress};

/// Custom claims, and as many identity scopes with one each.
const CLAIMS: usize = 100;
/// API connections, with two scopes each.
const CONNECTIONS: usize = 100;

/// What people refer to.
pub struct Large {
    /// Row id of the subscription.
    pub subscription: String,
    /// Row id of the application that everybody uses.
    pub application: String,
    /// Row id of the one that as many people use as are counted while somebody waits.
    pub counted: String,
    /// Row id of a unique claim.
    pub card: String,
    /// Row id of the claim `name`.
    pub name: String,
}

/// Makes it all.
pub async fn make(ctx: &Ctx, size: Size) -> anyhow::Result<Large> {
    for number in 1..size.subscriptions {
        let slug = format!("tenant-{number:04}");
        subscriptions::create(ctx, &Actor::Cli, subscription(&slug, &format!("Tenant {number:04}"))).await?;
        progress("subscriptions", number + 1, size.subscriptions);
    }
    subscriptions::create(ctx, &Actor::Cli, subscription(LARGE, "A large library")).await?;
    let subscription = subscriptions::get(ctx, &Actor::Cli, LARGE).await?.stored.id;
    scopes(ctx).await?;
    for number in 0..size.applications {
        applications::create(ctx, &Actor::Cli, LARGE, application(number)).await?;
        progress("applications", number + 1, size.applications);
    }
    let id_of = async |wanted: &str| -> anyhow::Result<String> {
        let all = claims::all(ctx, &Actor::Cli, LARGE).await?;
        let found = all.into_iter().find(|claim| claim.spec.name == wanted).map(|claim| claim.id);
        found.ok_or_else(|| anyhow::anyhow!("no claim {wanted}"))
    };
    let application_of = async |number: usize| -> anyhow::Result<String> {
        let exactly = model::PageRequest { search: client_id(number), ..model::PageRequest::default() };
        let found = applications::page(ctx, &Actor::Cli, LARGE, &exactly).await?.items.into_iter().next();
        found.map(|found| found.id).ok_or_else(|| anyhow::anyhow!("no {}", client_id(number)))
    };
    Ok(Large {
        subscription,
        application: application_of(0).await?,
        counted: application_of(1).await?,
        card: id_of("library_card").await?,
        name: id_of("name").await?,
    })
}

async fn scopes(ctx: &Ctx) -> anyhow::Result<()> {
    let card = ClaimSpec {
        name: "library_card".to_owned(),
        display_name: "Library card".to_owned(),
        pattern: Some("^LC-[0-9]{8}$".to_owned()),
        unique: true,
        ..ClaimSpec::default()
    };
    claims::create(ctx, &Actor::Cli, LARGE, card).await?;
    for number in 0..CLAIMS {
        let claim = ClaimSpec {
            name: format!("fact_{number:03}"),
            display_name: format!("Fact {number:03}"),
            kind: ClaimType::String,
            ..ClaimSpec::default()
        };
        let scope = IdentityScopeSpec {
            name: format!("facts_{number:03}"),
            display_name: format!("Facts {number:03}"),
            description: String::new(),
            claims: vec![claim.name.clone(), "library_card".to_owned()],
        };
        claims::create(ctx, &Actor::Cli, LARGE, claim).await?;
        identity_scopes::create(ctx, &Actor::Cli, LARGE, scope).await?;
        progress("claims", number + 1, CLAIMS);
    }
    for number in 0..CONNECTIONS {
        let name = format!("api-{number:03}");
        let scope = ApiScopeSpec {
            name: format!("{name}-write"),
            display_name: format!("Write to API {number:03}"),
            description: String::new(),
        };
        let connection = ApiConnectionSpec {
            display_name: format!("API {number:03}"),
            name,
            scopes: vec![scope],
            ..ApiConnectionSpec::default()
        };
        api_connections::create(ctx, &Actor::Cli, LARGE, connection).await?;
        progress("API connections", number + 1, CONNECTIONS);
    }
    Ok(())
}

fn subscription(slug: &str, name: &str) -> SubscriptionSpec {
    SubscriptionSpec { slug: slug.to_owned(), name: name.to_owned(), ..SubscriptionSpec::default() }
}

fn client_id(number: usize) -> String {
    format!("application-{number:04}")
}

fn application(number: usize) -> ApplicationSpec {
    let connection = number % CONNECTIONS;
    ApplicationSpec {
        client_id: client_id(number),
        name: format!("Application {number:04}"),
        redirect_uris: vec![format!("https://application-{number:04}.example/callback")],
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        allowed_identity_scopes: vec![
            "openid".to_owned(),
            "profile".to_owned(),
            format!("facts_{:03}", number % CLAIMS),
        ],
        allowed_api_scopes: vec![format!("api-{connection:03}"), format!("api-{connection:03}-write")],
        required_claims: vec![RequiredClaim { claim: "library_card".to_owned(), ..RequiredClaim::default() }],
        ..ApplicationSpec::default()
    }
}
