//! A run, step by step.

use leptos::prelude::*;
use model::spec::GrantType;
use service::console::playground::{Check, Happened, RunView, SignIn};

use super::parts::{Answered, Checks, Decoded, Parameters, Sample, Step};
use super::sample;
use crate::components::Moment;
use crate::console::Place;
use crate::tr;

/// Every step that the run came to, in their order: its title, and what was seen.
pub fn steps(view: &RunView, place: &Place) -> Vec<(String, AnyView)> {
    let mut steps = Steps { view, shown: Vec::new() };
    if view.record.grant == GrantType::AuthorizationCode {
        steps.request();
        steps.sign_in(place);
        steps.answer();
    }
    steps.token();
    steps.tokens();
    steps.userinfo();
    steps.introspection();
    steps.shown
}

struct Steps<'a> {
    view: &'a RunView,
    shown: Vec<(String, AnyView)>,
}

impl Steps<'_> {
    fn push(&mut self, title: String, text: String, content: AnyView) {
        let number = self.shown.len() + 1;
        let step = view! {
            <Step number title=title.clone() text>
                {content}
            </Step>
        };
        self.shown.push((title, step.into_any()));
    }

    fn checks(&self, of: [Check; 2]) -> AnyView {
        let checks = self.view.record.checks.iter().filter(|(check, _)| of.contains(check)).copied().collect();
        view! { <Checks checks /> }.into_any()
    }

    fn request(&mut self) {
        let title = tr!("playground-step-request");
        let endpoint = format!("{}/connect/authorize", self.view.issuer);
        let (pairs, label) = (self.view.record.request.clone(), title.clone());
        let content = view! {
            <p>
                <code class="id">{endpoint}</code>
            </p>
            <Parameters pairs label />
        };
        self.push(title, tr!("playground-step-request-text"), content.into_any());
    }

    fn sign_in(&mut self, place: &Place) {
        let Some(sign_in) = self.view.record.sign_in.clone() else { return };
        let to = place.object("users", &sign_in.user_id);
        let content = view! { <Who sign_in to /> };
        self.push(tr!("playground-step-sign-in"), tr!("playground-step-sign-in-text"), content.into_any());
    }

    fn answer(&mut self) {
        if self.view.record.answer.is_empty() {
            return;
        }
        let title = tr!("playground-step-answer");
        let (pairs, label) = (self.view.record.answer.clone(), title.clone());
        let content = view! {
            <Parameters pairs label />
            {self.checks([Check::State, Check::Issuer])}
        };
        let uri = self.view.redirect_uri.as_str();
        self.push(title, tr!("playground-step-answer-text", uri = uri), content.into_any());
    }

    fn token(&mut self) {
        let Some(answer) = self.view.record.token.clone() else { return };
        let text = if self.view.spec.kind.is_confidential() {
            tr!("playground-step-token-secret")
        } else {
            tr!("playground-step-token-public")
        };
        let content = view! {
            <Sample code=sample::token(self.view) what=tr!("playground-sample-token") />
            <Answered answer />
        };
        self.push(tr!("playground-step-token"), text, content.into_any());
    }

    fn tokens(&mut self) {
        let record = &self.view.record;
        let (identity_token, access_token) = (record.identity_token.clone(), record.access_token.clone());
        let has_access_token = record.token.as_ref().is_some_and(|answer| answer.status == 200);
        if let Some(token) = identity_token {
            let name = tr!("preview-identity-token");
            let content = view! {
                <Decoded token name=name.clone() />
                {self.checks([Check::Signature, Check::Nonce])}
            };
            self.push(name, tr!("playground-step-identity-token-text"), content.into_any());
        }
        if has_access_token {
            let name = tr!("preview-access-token");
            let (text, content) = match access_token {
                Some(token) => {
                    let content = view! { <Decoded token name=name.clone() /> };
                    (tr!("playground-step-access-token-text"), content.into_any())
                }
                None => (tr!("playground-step-reference-text"), ().into_any()),
            };
            self.push(name, text, content);
        }
    }

    fn userinfo(&mut self) {
        let Some(answer) = self.view.record.userinfo.clone() else { return };
        let content = view! {
            <Sample code=sample::userinfo(self.view) what=tr!("playground-sample-userinfo") />
            <Answered answer />
        };
        self.push(tr!("playground-step-userinfo"), tr!("playground-step-userinfo-text"), content.into_any());
    }

    fn introspection(&mut self) {
        if self.view.record.token.as_ref().is_none_or(|answer| answer.status != 200) {
            return;
        }
        let told = self.view.record.introspection.iter().map(|(name, answer)| {
            let what = tr!("playground-sample-introspection", connection = name.as_str());
            view! {
                <Sample code=sample::introspection(self.view, name) what />
                <Answered answer=answer.clone() />
            }
        });
        let told = told.collect_view().into_any();
        let text = if self.view.record.introspection.is_empty() {
            tr!("playground-step-introspection-nobody")
        } else {
            tr!("playground-step-introspection-text")
        };
        self.push(tr!("playground-step-introspection"), text, told);
    }
}

/// Who signed in, how, and what was asked on the way.
#[component]
fn Who(sign_in: SignIn, to: String) -> AnyView {
    let SignIn { name, auth_time, amr, is_new, happened, .. } = sign_in;
    let proof = if is_new { tr!("playground-proof-new") } else { tr!("playground-proof-earlier") };
    let lines = happened.into_iter().map(|Happened { kind, names }| {
        let action = tr!(&format!("audit-action-{}", kind.replace('_', "-")));
        let names = (!names.is_empty()).then(|| {
            view! {
                ": "
                <code class="id">{names.join(" ")}</code>
            }
        });
        view! { <li>{action} {names}</li> }
    });
    let lines = lines.collect::<Vec<_>>();
    let lines = if lines.is_empty() {
        view! { <p class="muted">{tr!("playground-asked-nothing")}</p> }.into_any()
    } else {
        view! { <ul class="plain-list">{lines.into_iter().collect_view()}</ul> }.into_any()
    };
    view! {
        <dl class="kv">
            <dt>{tr!("session-user")}</dt>
            <dd>
                <a href=to>{name}</a>
            </dd>
            <dt>{tr!("playground-proof")}</dt>
            <dd>
                <Moment at=auth_time />
                " · "
                {proof}
            </dd>
            <dt>{tr!("playground-method")}</dt>
            <dd>
                <code class="id">{amr.join(" ")}</code>
            </dd>
        </dl>
        <h3>{tr!("playground-asked")}</h3>
        {lines}
    }
    .into_any()
}
