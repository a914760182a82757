//! ASP.NET Core 8 and later.

use super::{Values, literal};

pub(super) fn sign_in(values: &Values<'_>) -> String {
    let [authority, client_id, path] = [values.issuer, &values.spec.client_id, &values.path].map(literal);
    let scopes: Vec<String> = values.scopes.iter().map(|scope| literal(scope)).collect();
    let scopes = scopes.join(", ");
    let insecure = if values.is_insecure() { "\n        options.RequireHttpsMetadata = false;" } else { "" };
    format!(
        "// dotnet add package Microsoft.AspNetCore.Authentication.OpenIdConnect
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorization();
builder.Services
    .AddAuthentication(options =>
    {{
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    }})
    .AddCookie()
    .AddOpenIdConnect(options =>
    {{
        options.Authority = {authority};
        options.ClientId = {client_id};
        options.ClientSecret = builder.Configuration[\"CLIENT_SECRET\"];
        options.CallbackPath = {path};
        options.ResponseType = \"code\";
        options.ResponseMode = \"query\";
        options.MapInboundClaims = false;
        options.SaveTokens = true;{insecure}
        options.Scope.Clear();
        foreach (var scope in new[] {{ {scopes} }}) options.Scope.Add(scope);
    }});

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet(\"/\", (HttpContext context) => context.User.FindFirst(\"sub\")?.Value).RequireAuthorization();
app.Run();"
    )
}
