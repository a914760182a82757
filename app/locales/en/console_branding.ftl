# The console: branding. And what end-user pages say of it.

nav-branding = Branding

branding-lead = How the pages that people sign in on look, and what they link to.
branding-looks = Looks
branding-name = Display name
branding-name-help = Shown to people instead of { $name }.
branding-logo = Logo
branding-logo-help = PNG, JPEG or WebP, at most 256 KB. It is shown on a white ground, at most 192 by 56 pixels large; twice that looks sharp on every screen.
branding-remove-logo = Remove the logo
branding-own-accent = Use an accent colour of your own
branding-own-accent-help = For the button and the bar on top. Text on it turns black or white, whichever reads better.
branding-accent = Accent colour
branding-links = Links
branding-links-help = Shown below each page. Leave empty what you do not have.
branding-secured-by = Show "Secured by Tessera"
branding-secured-by-help = Without it nothing on these pages says Tessera.

branding-preview = Preview
branding-on-light = Light theme
branding-on-dark = Dark theme
branding-contrast-text = Text on the colour is readable: its contrast is { $ratio } to 1.
branding-contrast-good = { $theme }: the button stands out well ({ $ratio } to 1).
branding-contrast-poor = { $theme }: the button is hard to see ({ $ratio } to 1, and 3 to 1 is the least). You can save it all the same.

brand-logo = { $name } logo
brand-policy = Privacy policy
brand-terms = Terms of service
brand-support = Help
brand-secured-by = Secured by Tessera

problem-colour = This is not a colour such as #0b6572.
problem-https = This is not a complete address that begins with https://.
problem-image-large = This file is too large. A logo has at most { $limit } KB.
problem-image-type = This is not a PNG, JPEG or WebP picture.
problem-image-size = This picture is too large. Each side has at most { $side } pixels.
problem-image-encoding = This is not a picture in base64.
problem-image-mismatch = The picture has another format than its type says.
problem-logo-gone = The logo is not kept any more. Choose it once more.
