//! Who may exchange users' tokens towards whom, in one table.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::console::exchanges::{self, Caller, Exchanges, Target, Towards, Wanted};

use crate::components::{NameCell, Table};
use crate::console::words::Empty;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The page, below the subscription's.
pub const PATH: &str = "/exchanges";
/// How the name of a pair's field begins.
const PAIR: &str = "towards:";

/// The table as stored.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let table = exchanges::table(&visit.ctx, &place.actor, place.slug()).await?;
    let state = FormState::editing(to_form(&table), table.version);
    Ok(page(&visit, &place, table, state))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    place.require(Role::Editor)?;
    let table = exchanges::table(&visit.ctx, &place.actor, place.slug()).await?;
    match save(&visit, &place, &table, &form).await {
        Ok(done) => Ok(Answer::done(visit.here.clone(), "saved", &[]).undo(place.slug(), &done)),
        Err(error) => {
            let state = FormState::refused(form, error)?.beside(&to_form(&table), table.version, &[]);
            Ok(page(&visit, &place, table, state))
        }
    }
}

async fn save(
    visit: &Visit,
    place: &Place,
    table: &Exchanges,
    form: &FormData,
) -> Result<service::console::Done, PageError> {
    // Of a pair that has gone meanwhile, the version tells.
    only(&FormData(form.0.iter().filter(|(name, _)| !name.starts_with(PAIR)).cloned().collect()), &[])?;
    let version = version(form)?;
    let (mut errors, mut wanted) = (FieldErrors::default(), Wanted::new());
    for (caller, target) in pairs(table) {
        let field = field(caller, target);
        let Some(text) = form.get(&field) else { continue };
        let towards = Towards::parse(text).ok_or_else(|| Problem::new("choice"));
        if let Some(towards) = errors.check(&field, towards) {
            wanted.insert((caller.id.clone(), target.name.clone()), towards);
        }
    }
    let wanted = errors.into_result(wanted)?;
    Ok(exchanges::update(&visit.ctx, &place.actor, place.slug(), version, &wanted).await?)
}

/// What an application would exchange towards itself it has already.
fn pairs(table: &Exchanges) -> impl Iterator<Item = (&Caller, &Target)> {
    let all = table.callers.iter().flat_map(|caller| table.targets.iter().map(move |target| (caller, target)));
    all.filter(|(caller, target)| caller.client_id != target.name)
}

fn field(caller: &Caller, target: &Target) -> String {
    format!("{PAIR}{}:{}", caller.id, target.name)
}

fn to_form(table: &Exchanges) -> FormData {
    let towards = |caller: &Caller, target: &Target| caller.towards.get(&target.name).copied().unwrap_or_default();
    pairs(table).fold(FormData::default(), |form, (caller, target)| {
        form.with(&field(caller, target), towards(caller, target).as_str())
    })
}

fn page(visit: &Visit, place: &Place, table: Exchanges, state: FormState) -> Answer {
    let place = place.clone();
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(visit.locale, "exchanges"))
        .lead(say!(visit.locale, "exchanges-lead"))
        .form(&state);
    sheet.answer(move || {
        if table.callers.is_empty() {
            let (title, text) = (tr!("exchanges-empty-title"), tr!("exchanges-empty-text"));
            return view! { <div class="empty-state"><Empty icon="plug" title text first=None /></div> }.into_any();
        }
        let read_only = !place.may_edit();
        let data = state.data.clone();
        view! {
            <Form state read_only>
                <Rows place table data />
                <SubmitBar label=tr!("save") absent=read_only />
            </Form>
        }
        .into_any()
    })
}

#[component]
fn Rows(place: Place, table: Exchanges, data: FormData) -> AnyView {
    let Exchanges { callers, targets, .. } = table;
    let first = std::iter::once(tr!("exchanges-application"));
    let columns = first.chain(targets.iter().map(|target| target.title.clone())).collect();
    let rows = callers.into_iter().map(|caller| {
        let cells = targets.iter().map(|target| cell(&caller, target, &data)).collect_view();
        let to = place.object("applications", &caller.id);
        view! {
            <tr>
                <NameCell to title=caller.name name=caller.client_id />
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table label=tr!("exchanges") columns>{rows}</Table> }.into_any()
}

fn cell(caller: &Caller, target: &Target, data: &FormData) -> AnyView {
    if caller.client_id == target.name {
        return view! { <td class="muted">{tr!("exchanges-itself")}</td> }.into_any();
    }
    let name = field(caller, target);
    let chosen = data.get(&name).and_then(Towards::parse).unwrap_or_default();
    let label = tr!("exchanges-pair", name = caller.name.as_str(), target = target.title.as_str());
    let options = Towards::ALL.map(|one| {
        let text = tr!(&format!("exchanges-{}", one.as_str().replace('_', "-")));
        view! { <option value=one.as_str() selected={one == chosen}>{text}</option> }
    });
    view! {
        <td>
            <select class="select exchange-choice" id=name.clone() name=name aria-label=label>
                {options.collect_view()}
            </select>
        </td>
    }
    .into_any()
}
