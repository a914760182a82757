# Por que um valor foi recusado: uma mensagem por código de model::Problem. O glossário está em common.ftl.

## Qualquer valor

problem-required = Preencha este campo.
problem-too-long = { $max ->
    [one] Use no máximo { $max } caractere.
   *[other] Use no máximo { $max } caracteres.
}
problem-too-short = { $min ->
    [one] Use pelo menos um caractere.
   *[other] Use pelo menos { $min } caracteres.
}
problem-too-small = O valor mínimo é { $min }.
problem-too-large = O valor máximo é { $max }.
problem-between = Informe um número de { $min } a { $max }.
problem-number = Isto não é um número.
problem-integer = Aqui só cabe um número inteiro, como 42.
problem-integer-range = Este número é grande demais para ser guardado com exatidão.
problem-decimal = Aqui só cabe um número, com ponto antes das casas decimais, como 3.5.
problem-boolean = Aqui só cabe sim ou não.
problem-date = Esta data não existe. Escreva assim: 2026-11-22.
problem-email = Isto não é um endereço de e-mail.
problem-phone = Isto não é um telefone com o código do país, como +55 11 91234-5678.
problem-url = Isto não é um endereço web. Ele começa com https:// ou http://.
problem-json = Isto não é JSON válido.
problem-text = Aqui só cabe texto.
problem-address = Isto não é um endereço.
problem-choice = Escolha uma das opções.
problem-choose = Escolha pelo menos uma.
problem-pattern = Isto não tem o formato esperado.
problem-control-characters = Há caracteres invisíveis aqui. Digite de novo.
problem-taken = Já está em uso.
problem-name-taken = { $name } já está em uso.
problem-unknown = { $name } não existe aqui.
problem-repeated = { $name } aparece mais de uma vez.
problem-reserved = { $name } tem um significado próprio e não pode ser usado.
problem-immutable = Não pode mais ser alterado.
problem-range-order = É menor que o anterior.
problem-not-for-type = Não combina com o tipo escolhido.
problem-unknown-field = O formulário não tem o campo { $name }.
problem-confirmation = Digite { $expected } exatamente como está escrito.
problem-cursor = Esta página da lista não existe mais.

## Nomes

problem-slug = Use letras minúsculas, dígitos e hifens, no máximo 63, sem hífen no começo nem no fim.
problem-client-id = Use caracteres ASCII imprimíveis, sem espaços.
problem-scope-name = Use caracteres ASCII imprimíveis, sem espaços, aspas e barras invertidas.
problem-scope-line = "{ $line }" não é um escopo: um nome é formado por caracteres ASCII imprimíveis, sem espaços, aspas e barras invertidas. Com outras palavras para as pessoas escreve-se nome = palavras.
problem-name-begun = Continue, depois do hífen, com o que este escopo permite.
problem-claim-name = Use caracteres ASCII imprimíveis, sem espaços.
problem-connection-name = Use letras minúsculas, dígitos e os caracteres _ . : -
problem-username = Um nome de usuário não tem @ nem espaços.
problem-username-or-email = Informe um nome de usuário ou um e-mail, ou os dois.

## Claims

problem-pattern-syntax = Isto não é uma expressão regular válida.
problem-duplicates = { $count ->
    [one] Um valor pertence a vários usuários: { $values }
   *[other] { $count } valores pertencem a vários usuários: { $values }
}
problem-standard-claim = Uma claim padrão não pode ser excluída.
problem-derived-claim = É o próprio servidor que preenche esta claim.
problem-not-requirable = Não dá para pedir { $name } a ninguém: é o próprio servidor que a preenche.

## Endereços de aplicações

problem-uri = { $value } não é um endereço completo.
problem-uri-http = { $value } precisa começar com https://, pois http:// vale só para esta máquina (localhost).
problem-uri-scheme = { $value } começa com { $scheme }:, o que não é permitido para este tipo de aplicação.
problem-uri-characters = { $value } contém um caractere que um endereço não pode ter.
problem-uri-fragment = { $value } contém um #, o que não é permitido.
problem-uri-backslash = { $value } contém uma barra invertida, o que não é permitido.
problem-uri-semicolon = { $value } contém um ponto e vírgula, o que não é permitido.
problem-uri-wildcard = { $value } contém um *: cada endereço é cadastrado por inteiro.
problem-uri-dots = { $value } contém .. no caminho, o que não é permitido.
problem-uri-userinfo = { $value } contém um nome de usuário ou um @ antes do host, o que não é permitido.
problem-origin = { $value } é mais do que uma origem: escreva https://host ou https://host:porta, sem caminho.
problem-logout-uri-type = { $value } é carregado por um navegador: só aplicações web e de página única têm um endereço assim.
problem-logout-uri-origin = { $value } precisa ter o esquema, o host e a porta de um dos URIs de redirecionamento.

## Aplicações e conexões

problem-grant-needs-secret = As credenciais do cliente, a troca de tokens e as senhas exigem um tipo de aplicação que guarde um segredo.
problem-grant-not-for-type = O código de dispositivo é para dispositivos e para aplicações nativas e web.
problem-alg-needs-secret = Com este algoritmo o segredo é a chave: o aplicativo precisa ser de um tipo que guarda um e identificar-se com ele.
problem-dialect-needs-secret = Neste dialeto o segredo assina os tokens: a aplicação precisa ser de um tipo que guarde um.
problem-fixed-by-dialect = O dialeto define isto. Deixe de fora.
problem-response-type-secret = Com este algoritmo o segredo é a chave, e ele não vem com um login: tokens na resposta precisam de outro algoritmo.
problem-response-type-unbound = Os tokens de acesso desta aplicação são vinculados a uma chave, e os da resposta a um login não podem ser.
problem-fapi = O FAPI 2.0 pede este campo como está no perfil: chave própria, pedidos enviados antes, PKCE, provas de posse, tipo de resposta code, dialeto padrão, PS256, ES256 ou EdDSA, e URIs de redirecionamento https.
problem-sector-needed = Os URIs de redirecionamento não têm um host só: indique o endereço do setor.
problem-pairwise-reference = Nomes próprios exigem tokens de referência: um JWT diria à aplicação como os outros chamam a pessoa.
problem-host-name = { $name } não é um host como os navegadores o mostram, como club.example.
problem-sector-unfetched = A lista do setor não pôde ser lida: { $reason }.
problem-sector-without = { $value } não está na lista do setor.
problem-ip = { $value } não é um endereço IP.
problem-impersonation-no-target = { $name } não está entre os nomes para os quais ela pode trocar tokens.
problem-may-act-itself = Uma aplicação já pode trocar os próprios tokens. Indique outra.
problem-reusable-unbound = Sem segredo, chave ou provas de posse, um token de atualização tem de ser trocado a cada uso.
problem-refresh-needs-code = O token de atualização vem com o código de autorização ou com o código de dispositivo: permita também um deles.
problem-public-application = Uma aplicação deste tipo não guarda segredo.
problem-public-application-key = Uma aplicação deste tipo não guarda nem segredo nem chave privada.
problem-key-application = Esta aplicação assina com a própria chave e não tem segredo.
problem-jwks = Isto não é um JSON Web Key Set: {"{"}"keys": [ … ]{"}"}, com pelo menos uma chave.
problem-jwks-private = Há uma chave privada entre elas. Deixe-a onde deve ficar e crie um novo par: este já foi mostrado.
problem-jwks-many = No máximo { $max } chaves.
problem-jwks-unusable = Nenhuma destas chaves pode conferir uma assinatura: RSA a partir de 2.048 bits, P-256, P-384 ou Ed25519.
problem-encryption-needs-key = Não há chave pública para { $alg } entre as chaves da aplicação.
problem-encryption-needs-secret = A chave seria o segredo da aplicação, e ela não tem nenhum.
problem-jwks-twice = As chaves ficam aqui ou em um endereço, não em ambos.
problem-issuer-space = Sem espaços, por favor: a comparação é caractere por caractere.
problem-request-uris-many = No máximo { $max } endereços.
problem-detail-field = "{ $line }" não é um campo: escreva nome: tipo, em que o tipo é string, number, boolean, object ou list. Depois, se quiser, a palavra required após uma vírgula, e palavras para as pessoas após um sinal de igual.
problem-detail-entries = No máximo { $max } itens.
problem-detail-type-used = { $application } pode pedir detalhes de autorização do tipo { $name }, que deixaria de existir.
problem-too-many-initial-tokens = { $max ->
    [one] Já há um token de acesso inicial na lista.
   *[other] Já há { $max } tokens de acesso inicial na lista. Os que terminaram saem dela após 30 dias.
}
problem-too-many-secrets = { $max ->
    [one] { $max } segredo já está em uso. Remova-o primeiro.
   *[other] { $max } segredos já estão em uso. Remova um primeiro.
}
problem-connection-scope = O escopo com o nome da própria conexão só sai junto com ela.
problem-rotation-pending = A próxima chave já está esperando. Em breve ela passa a assinar.

## Configurações

problem-issuer-template = Isto não é um modelo de emissor.

## Login

problem-sign-in = Nome de usuário ou senha incorretos.
problem-user-code = Nenhum dispositivo espera com este código. Compare-o com o que o seu dispositivo mostra ou peça um código novo nele.
problem-console-sign-in = O login no console não foi iniciado neste navegador, ou faz tempo demais. Entre de novo.
problem-password-short = { $min ->
    [one] Use pelo menos { $min } caractere.
   *[other] Use pelo menos { $min } caracteres.
}
problem-password-blocked = Esta senha é fácil demais de adivinhar.
problem-password-confirmation = As duas senhas são diferentes.
problem-password-wrong = Esta não é a sua senha atual.
problem-last-owner = Este é o último proprietário. Dê primeiro esse papel a outra pessoa.
problem-sign-out-request = Depois de sair você fica nesta página: não foi possível conferir o caminho de volta da aplicação.

## Segredos de um arquivo de apply

problem-secret-short = { $min ->
    [one] Um segredo tem pelo menos { $min } byte.
   *[other] Um segredo tem pelo menos { $min } bytes.
}
problem-until-missing = Informe até que dia { $name } pode ser pulada.
problem-until-date = { $value } não é um dia do calendário. Escreva assim: 2027-01-31.
problem-until-unused = { $name } só tem um dia enquanto pode ser pulada.
problem-secret-unset = A variável de ambiente { $name } não está definida.
problem-secret-file = O arquivo { $path } não pode ser lido.
problem-secret-public = Uma aplicação deste tipo não guarda segredo.
problem-undone-already = Esta alteração já está desfeita. Alguém pode ter sido mais rápido.
problem-undo-impossible = Esta alteração não pode mais ser desfeita.
problem-restored-already = Já está exatamente assim.
