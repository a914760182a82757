# O idioma em si: como se chama, como escreve datas, e nomes com que as assinaturas nascem.

language-name = Português (Brasil)
language-link = Idioma: português (Brasil)
language-title = Idioma
language-automatic = Como o meu navegador preferir
language-saved = As páginas agora estão em português.

## Momentos: 22 de nov. de 2026, 08:30 UTC

moment-date = { $day } de { $month } de { $year }
moment-utc = { $date }, { $time } UTC
month-1 = jan.
month-2 = fev.
month-3 = mar.
month-4 = abr.
month-5 = mai.
month-6 = jun.
month-7 = jul.
month-8 = ago.
month-9 = set.
month-10 = out.
month-11 = nov.
month-12 = dez.

## Claims padrão, pelos nomes do OpenID Connect

standard-claim-sub = Identificador do usuário
standard-claim-name = Nome completo
standard-claim-given-name = Nome
standard-claim-family-name = Sobrenome
standard-claim-middle-name = Nome do meio
standard-claim-nickname = Apelido
standard-claim-preferred-username = Nome de usuário preferido
standard-claim-profile = Página de perfil
standard-claim-picture = Foto
standard-claim-website = Site
standard-claim-email = Endereço de e-mail
standard-claim-email-verified = Endereço de e-mail verificado
standard-claim-gender = Gênero
standard-claim-birthdate = Data de nascimento
standard-claim-zoneinfo = Fuso horário
standard-claim-locale = Idioma e região
standard-claim-phone-number = Telefone
standard-claim-phone-number-verified = Telefone verificado
standard-claim-address = Endereço postal
standard-claim-updated-at = Última atualização

## Escopos dos modelos

standard-scope-openid = Identificador do usuário
standard-scope-profile = Perfil do usuário
standard-scope-name = Nome
standard-scope-email = Endereço de e-mail
standard-scope-phone = Telefone
standard-scope-address = Endereço postal
