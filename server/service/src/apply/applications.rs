//! Applications of the file, with their secrets.

use std::collections::HashSet;

use model::Problem;
use model::spec::ApplicationSpec;
use store::secrets::Owner;

use super::current::KnownApplication;
use super::draft::{Absent, Draft, Known, What, Write, located};
use super::secrets::{self, SecretWrite};
use crate::change::names::Names;
use crate::change::secret::SecretOf;
use crate::change::{self, Change};
use crate::error::{Error, Result};

/// What to write.
#[derive(Debug, Default)]
pub(super) struct Applications {
    objects: Vec<Write<ApplicationSpec>>,
    secrets: Vec<SecretWrite>,
}

/// Compares the applications.
pub(super) fn plan(
    draft: &mut Draft<'_>,
    wanted: &[ApplicationSpec],
    known: &[KnownApplication],
    names: &Names,
    clients: &HashSet<String>,
) -> Applications {
    let bare: Vec<_> = wanted.iter().map(|spec| ApplicationSpec { secret: None, ..spec.clone() }).collect();
    let standing: Vec<Known<ApplicationSpec>> = known.iter().map(|k| k.object.clone()).collect();
    for (index, spec) in bare.iter().enumerate() {
        let mut errors = change::application::check(spec, names);
        change::application::check_parties(&mut errors, clients, spec);
        if let Some(before) = standing.iter().find(|k| k.spec.client_id == spec.client_id) {
            change::application::check_immutable(&mut errors, &before.spec, spec);
        }
        draft.refuse_all(&draft.item("applications", index), errors);
    }
    // One that the file does not list stays as it is, with what it may ask for.
    let staying = standing.iter().filter(|k| !wanted.iter().any(|spec| spec.client_id == k.spec.client_id));
    for known in staying.filter(|_| !draft.options.prune) {
        let lost = known.spec.allowed_authorization_details_types.iter();
        for name in lost.filter(|name| !names.detail_types.contains(*name)) {
            let problem = Problem::new("detail-type-used").with("name", name);
            draft.refuse(&format!("{}.api_connections", draft.at), problem.with("application", &known.spec.client_id));
        }
    }
    let objects = draft.compare("applications", &bare, &standing, |spec| &spec.client_id, |_| Absent::Delete);
    let mut writes = Vec::new();
    for (index, spec) in wanted.iter().enumerate() {
        let Some(reference) = &spec.secret else { continue };
        let at = draft.item("applications", index);
        if !spec.kind.is_confidential() {
            draft.refuse(&format!("{at}.secret"), Problem::new("secret-public"));
            continue;
        }
        if !spec.has_secret() {
            draft.refuse(&format!("{at}.secret"), Problem::new("key-application"));
            continue;
        }
        let before = known.iter().find(|k| k.object.spec.client_id == spec.client_id);
        // A secret of before the application signed with it is known by its hash only: it is written again.
        let live = before.map(|k| if spec.needs_known_secret() { k.sealed.as_slice() } else { k.secrets.as_slice() });
        writes.extend(secrets::plan(draft, "applications", &at, &spec.client_id, reference, live));
    }
    Applications { objects, secrets: writes }
}

/// Creates and changes.
pub(super) async fn write(change: &mut Change<'_>, subscription_id: &str, writes: &Applications) -> Result<()> {
    for write in &writes.objects {
        let done = match &write.what {
            What::Create(spec) => change::application::create(change, subscription_id, spec.clone()).await.map(drop),
            What::Update { after, version } => {
                let before =
                    store::applications::find_by_client_id(change.conn(), subscription_id, &write.name).await?;
                let before = before.ok_or(Error::Changed)?;
                change::application::update(change, &before, version.unwrap_or(before.object.version), after).await
            }
            What::Delete { .. } => Ok(()),
        };
        located(&write.at, done)?;
    }
    for write in &writes.secrets {
        let found = store::applications::find_by_client_id(change.conn(), subscription_id, &write.name).await?;
        let owner = found.ok_or(Error::Changed)?.object.id;
        let of = SecretOf { subscription_id, owner: Owner::Application(&owner), name: &write.name };
        change::secret::replace(change, of, &write.secret).await?;
    }
    Ok(())
}

/// Deletes what the file does not list.
pub(super) async fn delete(change: &mut Change<'_>, subscription_id: &str, writes: &Applications) -> Result<()> {
    for write in &writes.objects {
        let What::Delete { version: Some(version) } = write.what else { continue };
        let found = store::applications::find_by_client_id(change.conn(), subscription_id, &write.name).await?;
        change::application::delete(change, &found.ok_or(Error::Changed)?, version).await?;
    }
    Ok(())
}
