//! Forms as the browser gets them.

use leptos::prelude::*;
use model::claim_type::ClaimType;
use model::spec::{Choice, ClaimSpec};
use model::{FieldErrors, FormData, Problem};

use super::claim::Filler;
use super::*;
use crate::i18n::Locale;
use crate::shell::{Assets, render};
use crate::visit::Page;

fn html<V: IntoView + 'static>(view: impl FnOnce() -> V + Send + 'static) -> String {
    let html = render(Page::new("t", view), Locale::En, &Assets::new("1")).html;
    // Marks between neighbouring texts do not matter here.
    html.replace("<!>", "")
}

#[test]
fn a_refused_value_comes_back_with_its_reason() {
    let state = FormState {
        data: FormData::default().with("name", "a\"<b>"),
        errors: FieldErrors::one("name", Problem::new("slug")),
        ..FormState::default()
    };
    let html = html(move || view! { <Form state><TextField name="name" label="The name" help="Help." /></Form> });
    assert!(html.contains(r#"value="a&quot;&lt;b&gt;""#), "{html}");
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    assert!(html.contains(r#"aria-describedby="f-name-help f-name-error""#), "{html}");
    assert!(html.contains(r#"id="f-name-error""#), "{html}");
    assert!(html.contains(r##"<a href="#f-name">The name: Use lower-case"##), "{html}");
    assert!(html.contains(r#"role="alert" tabindex="-1" autofocus"#), "{html}");
}

#[test]
fn the_summary_follows_the_fields_and_is_short_about_one_thing() {
    let errors = FieldErrors::one("b", Problem::new("slug"));
    let errors = errors.and(FieldErrors::one("a", Problem::new("required")));
    let state = FormState { errors, ..FormState::default() };
    let both =
        html(move || view! { <Form state><TextField name="a" label="A" /> <TextField name="b" label="B" /></Form> });
    let at = |link: &str| both.find(link).expect("a link");
    assert!(at(r##"href="#f-a""##) < at(r##"href="#f-b""##), "{both}");
    let state = FormState { errors: FieldErrors::one("", Problem::new("sign-in")), ..FormState::default() };
    let one = html(move || view! { <Form state><TextField name="a" label="A" /></Form> });
    assert!(one.contains("The user name or the password is wrong.</h2>") && !one.contains("<li>"), "{one}");
}

#[test]
fn a_text_area_keeps_every_line_and_nothing_else() {
    let empty = html(|| view! { <Form state=FormState::default()><TextArea name="t" label="T" /></Form> });
    assert!(empty.contains(">\n</textarea>"), "{empty}");
    let state = FormState::opened(FormData::default().with("t", "\n</textarea><script>&amp;"));
    let full = html(move || view! { <Form state><TextArea name="t" label="T" /></Form> });
    assert!(full.contains(">\n\n&lt;/textarea>&lt;script>&amp;amp;</textarea>"), "{full}");
}

#[test]
fn what_both_changed_stands_side_by_side_to_choose_from() {
    let base = FormData::default().with("a", "old").with("b", "same").with("c", "old");
    let stored = FormData::default().with("a", "theirs").with("b", "same").with("c", "their c");
    let typed = FormData::default().with("a", "mine").with("b", "same").with("c", "old").with("version", "6");
    let typed = typed.with(merge::BASE, merge::pack_base(&base).expect("short"));
    let state = FormState::refused(typed, service::Error::Changed.into()).expect("shown").beside(&stored, 7, &[]);
    let html = html(move || {
        view! {
            <Form state>
                <TextField name="a" label="A" />
                <TextField name="b" label="B" />
                <TextField name="c" label="C" />
            </Form>
        }
    });
    assert!(html.contains(r#"name="a" type="text" value="mine""#), "{html}");
    assert!(html.contains(r#"name="c" type="text" value="their c""#), "{html}");
    assert!(html.contains(r#"name="keep a""#) && html.contains(r#"class="conflict-value">theirs<"#), "{html}");
    assert!(!html.contains(r#"name="keep b""#) && !html.contains(r#"name="keep c""#), "{html}");
    assert!(html.contains(r#"name="version" value="7""#) && html.contains("their c&quot;]"), "{html}");
    assert!(html.contains(r##"<a href="#f-c">C was changed"##) && html.contains(r#"<a href="?">Start over"#), "{html}");
}

#[test]
fn each_type_of_claim_has_its_input() {
    let field = |kind: ClaimType, filler: Filler| {
        let choices = vec![Choice { value: "g".into(), label: "Gold".into() }];
        let claim = ClaimSpec { name: "c".into(), display_name: "C".into(), kind, choices, ..ClaimSpec::default() };
        html(move || view! { <Form state=FormState::default()><ClaimField claim filler /></Form> })
    };
    let mine = |kind| field(kind, Filler::SelfRequired);
    assert!(mine(ClaimType::Email).contains(r#"type="email""#));
    assert!(mine(ClaimType::Phone).contains(r#"type="tel""#));
    assert!(mine(ClaimType::Date).contains(r#"type="date""#));
    assert!(mine(ClaimType::Integer).contains(r#"inputmode="numeric""#));
    assert!(mine(ClaimType::Choice).contains(r#"<option value="g">Gold</option>"#));
    assert!(mine(ClaimType::Address).contains(r#"name="c.locality""#));
    assert!(mine(ClaimType::Address).contains(r#"autocomplete="address-level2""#));
    let required = mine(ClaimType::Boolean);
    assert!(required.contains(r#"<input type="hidden" name="c" value="false""#), "{required}");
    assert!(field(ClaimType::Boolean, Filler::SelfOptional).contains(r#"<option value="">"#));
    assert!(!field(ClaimType::Address, Filler::Administrator).contains("address-level2"));
    // The group is obligatory as a whole: nothing is said at its parts.
    assert!(!mine(ClaimType::Address).contains("(optional)") && !mine(ClaimType::Address).contains("required"));
    assert!(mine(ClaimType::Phone).contains("With country code"));
}

#[test]
fn choices_that_were_made_are_ticked() {
    let state = FormState::opened(FormData::default().with("g", "b").with("on", "true"));
    let html = html(move || {
        view! {
            <Form state>
                <CheckboxGroup name="g" label="G" options=vec![Opt::new("a", "A"), Opt::new("b", "B")] />
                <CheckboxField name="on" label="On" />
            </Form>
        }
    });
    assert!(html.contains(r#"value="b" checked"#), "{html}");
    assert!(!html.contains(r#"value="a" checked"#), "{html}");
    assert!(html.contains(r#"value="true" checked"#), "{html}");
}

#[test]
fn a_form_posts_to_its_page_without_a_fragment() {
    let form = || view! { <Form state=FormState::default()><TextField name="a" label="A" /></Form> };
    let page = Page { here: Some("/console/mysub/settings?a=1".into()), ..Page::new("t", form) };
    let html = render(page, Locale::En, &Assets::new("1")).html;
    assert!(html.contains(r#"method="post" action="/console/mysub/settings?a=1""#), "{html}");
}

#[test]
fn passwords_have_no_value() {
    let state = FormState::opened(FormData::default().with("password", "secret"));
    let html = html(move || {
        view! { <Form state><PasswordField name="password" label="P" autocomplete="new-password" /></Form> }
    });
    assert!(!html.contains("secret"), "{html}");
}
