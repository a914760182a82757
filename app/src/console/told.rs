//! Who was faster: for an edit form that came back because its object had been changed.

use service::console::last_change::{self, Of};

use super::Place;
use crate::form::{FormState, Trouble};
use crate::visit::{PageError, Visit};

/// The form with the name of whoever saved last, and the way to start over. Others stay as they are.
pub async fn told(mut state: FormState, visit: &Visit, place: &Place, object: Of<'_>) -> Result<FormState, PageError> {
    if let Some(Trouble::Changed(merge)) = &mut state.trouble {
        let found = last_change::of(&visit.ctx, &place.actor, place.slug(), object).await?;
        merge.by = found.map(|last| (last.who, last.seconds_ago));
        merge.start_over = Some(visit.here.clone());
    }
    Ok(state)
}
