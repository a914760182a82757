//! Which page stands at which address. `server` mounts these tables on axum.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use model::FormData;

use crate::form::merge;
use crate::visit::{PageResult, Uploads, Visit};
use crate::{console, end_user};

type Answering = Pin<Box<dyn Future<Output = PageResult> + Send>>;
/// Answers a GET.
pub type Show = Arc<dyn Fn(Visit) -> Answering + Send + Sync>;
/// Answers a POST.
pub type Submit = Arc<dyn Fn(Visit, FormData) -> Answering + Send + Sync>;

/// Who may reach a page at all. Roles are the use cases' own matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Signed-in administrators.
    Administrator,
    /// Anybody.
    None,
}

/// A page and its address.
#[derive(Clone)]
pub struct Route {
    /// Pattern of axum. End-user pages: relative to the issuer's path.
    pub path: &'static str,
    /// Who may reach it.
    pub guard: Guard,
    /// Answers a GET.
    pub show: Show,
    /// Answers a POST, where the page has a form.
    pub submit: Option<Submit>,
    /// What the form may hold besides short fields.
    pub uploads: Option<Uploads>,
}

/// A page without a form.
fn page<F, Fut>(path: &'static str, show: F) -> Route
where
    F: Fn(Visit) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = PageResult> + Send + 'static,
{
    let show: Show = Arc::new(move |visit| Box::pin(show(visit)));
    Route { path, guard: Guard::Administrator, show, submit: None, uploads: None }
}

/// A page with a form that posts to the same address.
fn form<F, Fut, G, Gut>(path: &'static str, show: F, submit: G) -> Route
where
    F: Fn(Visit) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = PageResult> + Send + 'static,
    G: Fn(Visit, FormData) -> Gut + Send + Sync + 'static,
    Gut: Future<Output = PageResult> + Send + 'static,
{
    let submit: Submit = Arc::new(move |visit, form| Box::pin(submit(visit, merge::chosen(form))));
    Route { submit: Some(submit), ..page(path, show) }
}

/// Opens a page to anybody.
fn open(route: Route) -> Route {
    Route { guard: Guard::None, ..route }
}

/// Lets a form hold files.
fn with_files(route: Route, uploads: Uploads) -> Route {
    Route { uploads: Some(uploads), ..route }
}

/// A page module: its `show`, and its `submit` where it has one.
macro_rules! table {
    ($($path:literal => $module:path $(: $kind:ident)?;)+) => {
        vec![$(table!(@route $path, $module $(, $kind)?)),+]
    };
    (@route $path:literal, $module:path, page) => {{ use $module as at; page($path, at::show) }};
    (@route $path:literal, $module:path, open) => {{ use $module as at; open(form($path, at::show, at::submit)) }};
    (@route $path:literal, $module:path, read) => {{ use $module as at; open(page($path, at::show)) }};
    (@route $path:literal, $module:path, files) => {{
        use $module as at;
        with_files(form($path, at::show, at::submit), at::UPLOADS)
    }};
    (@route $path:literal, $module:path) => {{ use $module as at; form($path, at::show, at::submit) }};
}

/// The console's pages.
pub fn console() -> Vec<Route> {
    table! {
        "/console" => console::subscriptions::list: page;
        "/console/new" => console::subscriptions::new;
        "/console/setup" => console::setup: open;
        "/console/search" => console::search::everywhere: page;
        "/console/shortcuts" => console::shortcuts: page;
        "/console/sign-out" => console::sign_out;
        "/console/language" => console::language: open;
        "/console/invitation" => console::invitation: open;
        "/console/administrators" => console::administrators::list: page;
        "/console/administrators/invite" => console::administrators::invite;
        "/console/administrators/{id}" => console::administrators::edit;
        "/console/administrators/{id}/link" => console::administrators::link;
        "/console/administrators/{id}/withdraw" => console::administrators::withdraw;
        "/console/administrators/{id}/remove" => console::administrators::remove;
        "/console/health" => console::health: page;
        "/console/about" => console::about: page;
        "/console/{slug}" => console::subscriptions::overview: page;
        "/console/{slug}/search" => console::search::within: page;
        "/console/{slug}/settings" => console::subscriptions::settings;
        "/console/{slug}/settings/registration" => console::subscriptions::registration: page;
        "/console/{slug}/settings/registration/new" => console::subscriptions::new_initial_token;
        "/console/{slug}/settings/registration/{id}/revoke" => console::subscriptions::revoke_initial_token;
        "/console/{slug}/settings/issuers/new" => console::trusted_issuers::new;
        "/console/{slug}/settings/issuers/{issuer}" => console::trusted_issuers::edit;
        "/console/{slug}/settings/issuers/{issuer}/delete" => console::trusted_issuers::delete;
        "/console/{slug}/settings/disable" => console::subscriptions::disable;
        "/console/{slug}/settings/enable" => console::subscriptions::enable;
        "/console/{slug}/settings/delete" => console::subscriptions::delete;
        "/console/{slug}/applications" => console::applications::list: page;
        "/console/{slug}/exchanges" => console::applications::exchanges;
        "/console/{slug}/applications/new" => console::applications::new;
        "/console/{slug}/applications/{id}" => console::applications::edit;
        "/console/{slug}/applications/{id}/secrets/new" => console::secret_pages::new_of_application;
        "/console/{slug}/applications/{id}/duplicate" => console::applications::duplicate;
        "/console/{slug}/applications/{id}/secrets/rotate" => console::secret_pages::rotate_of_application;
        "/console/{slug}/applications/{id}/secrets/{secret}/remove" => console::applications::remove_secret;
        "/console/{slug}/applications/{id}/disable" => console::applications::disable;
        "/console/{slug}/applications/{id}/enable" => console::applications::enable;
        "/console/{slug}/applications/{id}/delete" => console::applications::delete;
        "/console/{slug}/applications/{id}/playground" => console::applications::playground;
        "/console/{slug}/applications/{id}/playground/{run}" => console::applications::playground::run: page;
        "/console/{slug}/scopes" => console::scopes: page;
        "/console/{slug}/scopes/claims/new" => console::claims::new;
        "/console/{slug}/scopes/claims/{id}" => console::claims::edit;
        "/console/{slug}/scopes/claims/{id}/delete" => console::claims::delete;
        "/console/{slug}/scopes/identity/new" => console::identity_scopes::new;
        "/console/{slug}/scopes/identity/{id}" => console::identity_scopes::edit;
        "/console/{slug}/scopes/identity/{id}/delete" => console::identity_scopes::delete;
        "/console/{slug}/connections" => console::connections::list: page;
        "/console/{slug}/connections/new" => console::connections::new;
        "/console/{slug}/connections/{id}" => console::connections::edit;
        "/console/{slug}/connections/{id}/secrets/new" => console::secret_pages::new_of_connection;
        "/console/{slug}/connections/{id}/secrets/rotate" => console::secret_pages::rotate_of_connection;
        "/console/{slug}/connections/{id}/secrets/{secret}/remove" => console::connections::remove_secret;
        "/console/{slug}/connections/{id}/delete" => console::connections::delete;
        "/console/{slug}/connections/{id}/scopes/new" => console::api_scopes::new;
        "/console/{slug}/connections/{id}/scopes/{scope}" => console::api_scopes::edit;
        "/console/{slug}/connections/{id}/scopes/{scope}/delete" => console::api_scopes::delete;
        "/console/{slug}/connections/{id}/details/new" => console::detail_types::new;
        "/console/{slug}/connections/{id}/details/{detail}" => console::detail_types::edit;
        "/console/{slug}/connections/{id}/details/{detail}/delete" => console::detail_types::delete;
        "/console/{slug}/users" => console::users::list: page;
        "/console/{slug}/users/new" => console::users::new;
        "/console/{slug}/users/import" => console::users::import: files;
        "/console/{slug}/users/{id}" => console::users::edit;
        "/console/{slug}/users/{id}/password" => console::users::password;
        "/console/{slug}/users/{id}/disable" => console::users::disable;
        "/console/{slug}/users/{id}/enable" => console::users::enable;
        "/console/{slug}/users/{id}/delete" => console::users::delete;
        "/console/{slug}/users/{id}/sessions" => console::users::sessions: page;
        "/console/{slug}/users/{id}/consents" => console::users::consents: page;
        "/console/{slug}/users/{id}/consents/{application}/withdraw" => console::users::withdraw_consent;
        "/console/{slug}/users/{id}/history" => console::users::history: page;
        "/console/{slug}/users/{id}/sessions/{session}/end" => console::users::end_session;
        "/console/{slug}/sessions" => console::sessions::list: page;
        "/console/{slug}/sessions/{id}/end" => console::sessions::end;
        "/console/{slug}/administrators" => console::administrators::of_subscription: page;
        "/console/{slug}/keys" => console::keys::list: page;
        "/console/{slug}/keys/{alg}/rotate" => console::keys::rotate;
        "/console/{slug}/branding" => console::branding: files;
        "/console/{slug}/audit" => console::audit::list: page;
        "/console/{slug}/audit/export" => console::audit::export: page;
        "/console/{slug}/audit/{change}" => console::audit::view: page;
        "/console/{slug}/audit/{change}/undo" => console::audit::undo;
        "/console/{slug}/audit/{change}/restore/{revision}" => console::audit::restore;
        "/console/{slug}/history" => console::history: page;
        "/console/{slug}/failures/{reference}" => console::failures: page;
        "/console/{slug}/failures/{reference}/allow" => console::failures::allow;
        "/console/{slug}/sign-ins/{reference}/lift" => console::failures::lift;
    }
}

/// The pages that end users see, relative to the issuer's path.
pub fn end_user() -> Vec<Route> {
    table! {
        "/login" => end_user::login: open;
        "/register" => end_user::register: open;
        "/claims" => end_user::claims: open;
        "/consent" => end_user::consent: open;
        "/device" => end_user::device: open;
        "/device/confirm" => end_user::device::confirm: open;
        "/device/{outcome}" => end_user::device::ended: read;
        "/requests" => end_user::requests: read;
        "/requests/answer" => end_user::requests::answer: open;
        "/requests/open/{id}" => end_user::requests::one: read;
        "/requests/{outcome}" => end_user::requests::ended: read;
        "/continue" => end_user::resume: read;
        "/account" => end_user::account::home: read;
        "/account/password" => end_user::account::password: open;
        "/account/profile" => end_user::account::profile: open;
        "/account/sessions" => end_user::account::sessions: read;
        "/account/sessions/{id}/end" => end_user::account::end_session: open;
        "/language" => end_user::language: open;
        "/sign-out" => end_user::sign_out: open;
        "/signed-out" => end_user::signed_out: read;
    }
}
