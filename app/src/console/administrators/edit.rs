//! One administrator: their roles, the link with which they choose a password, and their end.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::console::AdministratorView;
use service::console::administrators::{self, HeldRole, PlaceName, RoleChange, Where};

use super::invite::PlaceField;
use super::words::{self, ROLES, Standing};
use super::{LIST, load, own, sheet};
use crate::components::Moment;
use crate::console::words::{Danger, DangerZone, moment_or};
use crate::form::{Form, FormState, Opt, Section, SelectField, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// Field of the role on the installation.
const EVERYWHERE: &str = "installation_role";
/// Begins the fields of roles on subscriptions: `roles.mysub`.
const ROLE: &str = "roles.";

/// What the page shows besides the administrator.
struct Offer {
    /// The reader owns the installation.
    everywhere: bool,
    /// Slugs and names of where roles may be given.
    places: Vec<(String, String)>,
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let one = load(&visit).await?;
    let state = FormState::editing(to_form(&one), one.version);
    page(&visit, one, state).await
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let one = load(&visit).await?;
    match save(&visit, &one, &form).await {
        Ok(()) => Ok(Answer::done(visit.here.clone(), "saved", &[])),
        Err(error) => {
            let state = FormState::refused(form, error)?.beside(&to_form(&one), one.version, &[]);
            page(&visit, one, state).await
        }
    }
}

async fn save(visit: &Visit, one: &AdministratorView, form: &FormData) -> Result<(), PageError> {
    // Another save may have taken a place away meanwhile: that is told as such, not as an unknown field.
    let places = form.0.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with(ROLE));
    let known: Vec<&str> = places.chain([EVERYWHERE, "new_subscription", "new_role"]).collect();
    only(form, &known)?;
    let changes = changes(form)?;
    Ok(administrators::set_roles(&visit.ctx, &visit.actor()?, &one.card.id, version(form)?, &changes).await?)
}

/// What a form asks for. Fields that it does not have change nothing.
fn changes(form: &FormData) -> Result<Vec<RoleChange>, FieldErrors> {
    let (mut errors, mut changes) = (FieldErrors::default(), Vec::new());
    for (field, value) in &form.0 {
        let place = match field.strip_prefix(ROLE) {
            Some(slug) => PlaceName::Subscription(slug.to_owned()),
            None if field == EVERYWHERE => PlaceName::Installation,
            None => continue,
        };
        let role = match value.trim() {
            "" => Some(None),
            text => errors.check(field, Role::parse(text).map(Some).ok_or_else(|| Problem::new("choice"))),
        };
        changes.extend(role.map(|role| RoleChange { field: field.clone(), place, role }));
    }
    if let Some(slug) = form.optional("new_subscription") {
        let role = Role::parse(form.trimmed("new_role")).ok_or_else(|| Problem::new("choice"));
        let place = PlaceName::Subscription(slug);
        let field = "new_subscription".to_owned();
        changes.extend(errors.check("new_role", role).map(|role| RoleChange { field, place, role: Some(role) }));
    }
    errors.into_result(changes)
}

fn field_of(held: &HeldRole) -> String {
    match &held.place {
        Where::Installation => EVERYWHERE.to_owned(),
        Where::Subscription { slug, .. } => format!("{ROLE}{slug}"),
    }
}

fn to_form(one: &AdministratorView) -> FormData {
    let mut form = FormData::default();
    for held in &one.card.roles {
        form.push(&field_of(held), held.role.as_str());
    }
    form.with("new_role", Role::Viewer.as_str())
}

async fn page(visit: &Visit, one: AdministratorView, state: FormState) -> PageResult {
    let (l, actor) = (visit.locale, visit.actor()?);
    let places = administrators::places(&visit.ctx, &actor).await?;
    let held = |slug: &str| one.card.roles.iter().any(|held| field_of(held) == format!("{ROLE}{slug}"));
    let offer = Offer {
        everywhere: actor.installation_role() == Some(Role::Owner),
        places: places.iter().filter(|(slug, _)| !held(slug)).cloned().collect(),
    };
    let address = own(&one.card.id);
    let link = if one.card.has_password { "administrator-new-link" } else { "administrator-new-invitation" };
    let sheet = sheet(visit, one.card.called())
        .also(one.may_link, format!("{address}/link"), say!(l, link), "link")
        .also(
            one.may_link && one.card.invited_until.is_some(),
            format!("{address}/withdraw"),
            say!(l, "administrator-withdraw"),
            "x",
        )
        .form(&state)
        .narrow();
    Ok(sheet.answer(move || {
        let read_only = !one.may_touch;
        let dangers = (!read_only).then(|| dangers(&one));
        let facts = one.clone();
        view! {
            <Facts one=facts />
            <Form state read_only>
                <Section id="roles" title=tr!("administrator-roles") help=tr!("administrator-roles-help")>
                    {fields(&one, offer)}
                </Section>
                <SubmitBar label=tr!("save") cancel=LIST absent=read_only />
            </Form>
            {dangers.map(|actions| view! { <DangerZone actions /> })}
        }
    }))
}

fn fields(one: &AdministratorView, offer: Offer) -> AnyView {
    let options = || ROLES.map(|role| Opt::new(role.as_str(), words::role(role))).to_vec();
    let holds_everywhere = one.card.roles.iter().any(|held| held.place == Where::Installation);
    let everywhere = (offer.everywhere && !holds_everywhere).then(|| {
        let (label, none) = (tr!("place-installation"), tr!("role-none"));
        view! { <SelectField name=EVERYWHERE label options=options() none optional=true /> }
    });
    let held = one.card.roles.iter().map(|held| {
        let (name, label, none) = (field_of(held), words::place(&held.place), tr!("role-none"));
        view! { <SelectField name label options=options() none optional=true /> }
    });
    let held = held.collect_view();
    let more = (one.may_touch && !offer.places.is_empty()).then(|| {
        view! {
            <div class="field-pair">
                <PlaceField name="new_subscription" label=tr!("administrator-add-place") places=offer.places />
                <SelectField name="new_role" label=tr!("administrator-add-role") options=options() optional=true />
            </div>
        }
    });
    view! {
        {everywhere}
        {held}
        {more}
    }
    .into_any()
}

#[component]
fn Facts(one: AdministratorView) -> AnyView {
    let until = one.card.invited_until.map(|at| {
        view! {
            <dt>{tr!("administrator-link-until")}</dt>
            <dd>
                <Moment at />
            </dd>
        }
    });
    let note = (!one.may_touch).then(|| view! { <p class="notice">{tr!("administrator-above")}</p> });
    let login = one.card.login().to_owned();
    let last = moment_or(one.card.last_sign_in, "never");
    view! {
        {note}
        <dl class="kv kv-wide card">
            <dt>{tr!("user-email")}</dt>
            <dd>{login}</dd>
            <dt>{tr!("state")}</dt>
            <dd>
                <Standing card=one.card />
            </dd>
            <dt>{tr!("subscription-last-sign-in")}</dt>
            <dd>{last}</dd>
            {until}
        </dl>
    }
    .into_any()
}

fn dangers(one: &AdministratorView) -> Vec<Danger> {
    let to = format!("{}/remove", own(&one.card.id));
    vec![Danger::grave(tr!("administrator-remove-help"), to, tr!("administrator-remove"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_changes_and_nothing_else() {
        let form = FormData::default()
            .with(EVERYWHERE, "")
            .with("roles.a", "editor")
            .with("new_subscription", "b")
            .with("new_role", "owner");
        let said: Vec<_> = changes(&form).expect("readable").into_iter().map(|c| (c.place, c.role)).collect();
        let at = |slug: &str| PlaceName::Subscription(slug.to_owned());
        let expected = [(PlaceName::Installation, None), (at("a"), Some(Role::Editor)), (at("b"), Some(Role::Owner))];
        assert_eq!(said, expected);
        assert_eq!(changes(&FormData::default().with("new_role", "viewer")), Ok(Vec::new()));
        assert!(changes(&FormData::default().with("roles.a", "king")).is_err());
    }
}
