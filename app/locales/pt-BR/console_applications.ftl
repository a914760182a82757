# O console: aplicações. O glossário está em common.ftl.

applications-lead = Sites, aplicativos e serviços em que as pessoas entram por aqui, ou que chamam APIs.
applications-new = Nova aplicação
applications-search = Buscar aplicações
applications-empty-title = Ainda não há aplicações
applications-empty-text = Uma aplicação é tudo aquilo em que as pessoas entram por aqui: um site, um aplicativo no celular, um serviço. Crie a primeira, e a página de configurações dela mostra código para começar.

application-settings = Configurações da aplicação
application-client-id = ID do cliente
application-client-id-help = Não pode ser alterado depois. Como a aplicação se identifica nos pedidos.
application-name-help = Aparece para as pessoas quando elas entram.
application-type = Tipo
application-type-help = Não pode ser alterado depois. Decide se a aplicação consegue guardar um segredo.
application-type-web = Web
application-type-web-text = Um site que tem servidor, que guarda um segredo.
application-type-single-page = Página única (SPA)
application-type-single-page-text = Roda só no navegador; sem segredo, sempre com PKCE.
application-type-native = Nativa
application-type-native-text = Roda no celular ou no computador; sem segredo, sempre com PKCE.
application-type-service = Serviço
application-type-service-text = Age por conta própria, sem usuários; guarda um segredo.
application-type-device = Dispositivo
application-type-device-text = Não tem navegador próprio; sem segredo.

section-addresses-help = Um por linha, cada um por inteiro. Eles são comparados caractere por caractere.
application-redirect-uris = URIs de redirecionamento
application-more-addresses = Mais endereços
application-more-sign-in = PKCE, consentimento e cadastro
application-more-tokens = Conteúdo e validade
application-more-dialect = Software escrito para outro provedor
application-dialect = Dialeto
application-dialect-help = A forma dos tokens. Os escopos, e quem pode ter o quê, são os mesmos em todos.
dialect-standard = Padrão
dialect-standard-text = Como os padrões definem (OpenID Connect, RFC 9068). O certo para tudo o que não foi escrito para um dos outros.
dialect-grantid = Grantid ou Code 100 ID
dialect-grantid-text = Os escopos são uma lista, o emissor é uma das audiências, o telefone aparece também como phone, e a introspecção responde nas palavras desse produto.
dialect-connect = Connect
dialect-connect-text = Os tokens são assinados com o próprio segredo da aplicação (HS256), e o token de acesso diz só exp, iss e sub. Quem tem o segredo pode criar tokens iguais: guarde-o no servidor, e deixe as APIs perguntarem pela introspecção.
dialect-next = Next Identity
dialect-next-text = Os tokens de acesso são opacos: a API pergunta o que representam.
application-redirect-uris-help = Para onde as pessoas voltam depois de entrar.
application-post-logout-uris = URIs de redirecionamento após a saída
application-post-logout-uris-help = Para onde as pessoas podem voltar depois de sair.
application-service-grants = Um serviço age por conta própria: marque Credenciais do cliente. Sem Código de autorização, o que diz respeito a pessoas não é pedido aqui.
application-device-grants = Um dispositivo mostra um código que as pessoas digitam em outra tela: marque Código de dispositivo. Sem Código de autorização, ele não precisa de URI de redirecionamento.
application-cors-origins = Origens CORS
application-cors-origins-help = Origens cujos scripts podem chamar o endpoint de token a partir de um navegador, por exemplo https://library.example

application-grant-types = Concessões
grant-authorization-code = Código de autorização
grant-authorization-code-text = As pessoas entram pelo navegador.
grant-refresh-token = Token de atualização
grant-refresh-token-text = Continua sem perguntar de novo à pessoa.
grant-client-credentials = Credenciais do cliente
grant-client-credentials-text = A aplicação age por conta própria.
grant-device-code = Código de dispositivo
grant-device-code-text = As pessoas digitam, no celular ou no computador, um código mostrado por um dispositivo sem navegador próprio, como uma televisão.
application-require-pkce = Exigir PKCE
application-require-pkce-help = Aplicações sem segredo sempre precisam dele.
application-pkce-always = Aqui o PKCE é sempre exigido, porque esta aplicação não guarda segredo.
application-require-consent = Pedir o consentimento das pessoas
application-require-consent-help = Elas concordam antes que a aplicação receba qualquer coisa.
application-allow-registration = As pessoas podem criar contas no caminho
application-allow-registration-help = Desde que a assinatura permita.

application-identity-scopes = Escopos de identidade permitidos
application-identity-scopes-help = O que a aplicação pode pedir para saber sobre as pessoas.
application-api-scopes = Escopos de API permitidos
application-api-scopes-help = O que a aplicação pode pedir para fazer nas APIs.
application-no-api-scopes = Ainda não há escopos de API.
application-make-connection = Crie primeiro uma conexão de API.
application-api-scopes-later = Você pode permitir escopos de API depois, na página desta aplicação.
application-required-claims = Claims obrigatórias
application-required-claims-help = Quem não tem um valor precisa informá-lo antes que a aplicação receba qualquer coisa.
required-claim-unheld = Nenhum escopo de identidade permitido a contém, portanto a aplicação não vai recebê-la.

application-access-token-format = Tipo do token de acesso
access-token-jwt = JWT
access-token-jwt-text = Assinado; as APIs o conferem sozinhas.
access-token-reference = Referência
access-token-reference-text = Um identificador que as APIs consultam; pode ser revogado na hora.
application-claims-in-identity-token = Claims no token de identidade
application-claims-in-identity-token-help = Desmarcado: o token de identidade diz quem entrou e nada mais; as claims vêm pelo UserInfo.
application-access-token-lifetime = Validade do token de acesso
application-access-token-lifetime-help = Em segundos, de 60 a 86400.
application-identity-token-lifetime = Validade do token de identidade
application-identity-token-lifetime-help = Em segundos, de 60 a 86400.
application-refresh-idle-lifetime = Token de atualização: termina sem uso após
application-refresh-idle-lifetime-help = Em segundos, no mínimo 300.
application-refresh-absolute-lifetime = Token de atualização: validade máxima
application-refresh-absolute-lifetime-help = Em segundos desde o login, no mínimo 300.
application-refresh-grace = Tolerância do token de atualização
application-refresh-grace-help = Em segundos, de 0 a 300. Durante esse tempo, uma nova tentativa com um token já usado ainda é atendida.

application-secret = Segredo da aplicação
application-secret-help = Com ele a aplicação prova quem é no endpoint de token. Crie um novo, passe a usá-lo e só então remova o antigo.
application-created = A aplicação { $name } foi criada.
application-saved = A aplicação foi salva.
application-is-disabled = Esta aplicação está fora de uso: ninguém consegue entrar nela, e os tokens dela não são aceitos.
application-disable-title = Desativar “{ $name }”?
application-disable-help = Desativar tira a aplicação de uso imediatamente: ninguém consegue entrar nela, e tudo o que foi emitido para ela termina. As configurações permanecem.
application-disabled = A aplicação { $name } está fora de uso.
application-enable-title = Ativar “{ $name }”?
application-enable-help = Ativar põe a aplicação de novo em uso. As pessoas precisam entrar de novo.
application-enabled = A aplicação { $name } está em uso de novo.
application-delete = Excluir aplicação
application-delete-title = Excluir “{ $name }”?
application-delete-text = Os segredos, os tokens e os consentimentos das pessoas vão junto. Não é possível desfazer.
application-deleted = A aplicação { $name } foi excluída.

quick-start-title = Início rápido
quick-start-text = Código com os valores reais desta aplicação.
quick-start-secret = O segredo vem do ambiente.
quick-start-no-redirect = Adicione primeiro uma URI de redirecionamento: os exemplos precisam de uma.
quick-start-no-origin = Código no navegador precisa da própria origem entre as origens CORS acima.
quick-start-browser = Login das pessoas com oidc-client-ts (navegador)
quick-start-node = Login das pessoas com openid-client (Node.js)
quick-start-python = Login das pessoas com Authlib (Python)
quick-start-spring = Login das pessoas com Spring Boot (application.yml)
quick-start-dotnet = Login das pessoas com ASP.NET Core
quick-start-curl-own = Obter um token de acesso com curl
quick-start-node-own = Obter um token de acesso com openid-client (Node.js)
quick-start-curl-device = Conectar um dispositivo com curl
quick-start-curl-discovery = Ler o documento de descoberta

preview-title = Prévia dos tokens
preview-text = O que esta aplicação recebe com as configurações como estão no formulário, salvas ou não. Feita pelas mesmas regras que emitem tokens; nada é emitido nem salvo.
preview-grant = Quem pede
preview-grant-user = Uma pessoa entra
preview-grant-application = A aplicação por conta própria
preview-user = Nome de usuário ou e-mail
preview-scope = Escopos pedidos
preview-scope-all = Todos os permitidos
preview-show = Mostrar prévia
preview-updating = A prévia está sendo atualizada.
preview-unreadable = Algo no formulário acima não pode ser lido. A prévia volta quando isso for corrigido.
preview-no-user = Ninguém nesta assinatura tem este nome de usuário ou e-mail.
preview-refused = Nada seria emitido. A aplicação receberia esta resposta:
preview-missing = Antes de emitir qualquer coisa, seria pedido a esta pessoa: { $claims }
preview-consent = A pessoa precisa concordar com: { $scopes }
preview-granted = Escopos concedidos:
preview-nothing = nenhum
preview-scope-unknown = { $scope } fica de fora: nenhum escopo tem este nome.
preview-scope-not-allowed = { $scope } fica de fora: a aplicação não pode pedi-lo.
preview-identity-token = Token de identidade
preview-access-token = Token de acesso
preview-userinfo = UserInfo
preview-introspection = Introspecção por { $connection }
preview-bytes = { $size ->
    [one] cerca de { $size } byte
   *[other] cerca de { $size } bytes
}
preview-size-of = Tamanho de { $name }, cheio em 4 KiB
preview-changes = { $count ->
    [one] { $count } alteração
   *[other] { $count } alterações
}
preview-new = novo
preview-other = alterado
preview-gone = não está mais lá
preview-by-scope = pelo escopo { $scope }
preview-by-parameter = pedido pelo nome
preview-left-out = { $count ->
    [one] { $count } claim fica de fora
   *[other] { $count } claims ficam de fora
}
preview-why-not-requested = vem com o escopo { $scope }, que não foi pedido.
preview-mend-request = Pedir
preview-why-not-allowed = vem com o escopo { $scope }, que esta aplicação não pode pedir.
preview-mend-allow = Permitir
preview-why-no-value = não tem valor para esta pessoa.
preview-why-invalid = tem um valor que as regras de hoje recusam.
preview-mend-value = Editar o usuário
preview-why-definition = fica de fora por causa da própria definição.
preview-mend-definition = Editar a claim
preview-why-application = fica de fora pela configuração desta aplicação para tokens de identidade.
preview-mend-application = Alterar a configuração
