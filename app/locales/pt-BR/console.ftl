# O console: o que as páginas têm em comum, e as assinaturas. O glossário está em common.ftl.

## Caminhos

nav-label = Console
nav-menu = Menu
nav-breadcrumbs = Onde você está
nav-contents = Nesta página
nav-sign-out = Sair
nav-subscriptions = Assinaturas
nav-overview = Visão geral
nav-applications = Aplicações
nav-scopes = Escopos
nav-connections = Conexões de API
nav-users = Usuários
nav-sessions = Sessões
nav-keys = Chaves
nav-settings = Configurações
nav-audit = Registro de auditoria

console-sign-out-text = Você vai sair do console e da conta com que entrou.
confirm-type = Digite "{ $expected }" para confirmar
danger-title = Zona de perigo
task-back = Voltar
used-by-title = Usado por
saved = Salvo.

## Campos de vários formulários

field-name = Nome
field-display-name = Nome de exibição
field-description = Descrição
field-immutable = Não pode mais ser alterado.
field-made-from-name = Se ficar vazio, é criado a partir do nome.

duration-days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}
duration-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
duration-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
duration-and-help = { $duration }. { $help }

section-general = Geral
section-claim-rules = Tamanho e unicidade
section-addresses = Endereços
section-sign-in = Login
section-tokens = Tokens
section-claim-pages = Cadastro e página da conta
section-destinations = Quais tokens o contêm
section-destinations-help = Uma aplicação recebe uma claim quando pede um escopo de identidade que a contém: sempre pelo UserInfo, e nos tokens marcados aqui.

## Primeira conta de administração

setup-title = Boas-vindas ao Tessera
setup-text = Esta será a primeira conta de administração. Escolha como você vai entrar.
setup-submit = Criar conta de administração
setup-done = Pronto: agora você administra esta instalação.

## Assinaturas

subscriptions-title = Assinaturas
subscriptions-lead = Cada uma tem emissor, chaves, usuários e aplicações próprios. De uma não se vê nada das outras.
subscriptions-new = Nova assinatura
subscriptions-search = Buscar assinaturas
subscriptions-empty-title = Ainda não há assinaturas
subscriptions-empty-text = Uma assinatura é onde ficam os usuários e as aplicações de uma organização ou de um produto, com um emissor próprio. Crie a primeira para começar.

subscription-slug = Slug
subscription-slug-help = Não pode ser alterado depois. Faz parte do emissor ({ $issuer }). Letras minúsculas, dígitos e hifens.
subscription-name-help = Aparece para as pessoas quando elas entram.
subscription-preset = Modelo de escopos
subscription-preset-help = Os escopos de identidade com que a assinatura começa. Todos podem ser alterados depois.
subscription-preset-more = Com quais escopos ela começa
subscription-registration = As pessoas podem criar contas
subscription-registration-help = Desmarcado: só a administração cria usuários.
subscription-session-management = As aplicações podem acompanhar a sessão no navegador
subscription-session-management-help = Para aplicações de página única mais antigas que usam check_session_iframe. Não funciona em navegadores que bloqueiam cookies de terceiros.
subscription-session-idle = Encerrar a sessão após inatividade de
subscription-session-idle-help = Em segundos, no mínimo 60. Quem fica esse tempo sem fazer nada precisa entrar de novo.
subscription-session-absolute = Encerrar a sessão no máximo após
subscription-session-absolute-help = Em segundos, no mínimo 60. Mesmo quem está em atividade precisa então entrar de novo.
subscription-last-sign-in = Último login
subscription-created = A assinatura { $name } está pronta.
subscription-is-disabled = Esta assinatura está fora de uso: ninguém consegue entrar, e nenhum token dela é aceito.
subscription-disable-title = Desativar “{ $name }”?
subscription-disable-help = Desativar tira a assinatura de uso imediatamente: ninguém consegue entrar, e tudo o que foi emitido nela termina. A configuração e os usuários permanecem.
subscription-disabled = A assinatura { $name } está fora de uso.
subscription-enable-title = Ativar “{ $name }”?
subscription-enable-help = Ativar põe a assinatura de novo em uso. Aplicações e usuários precisam entrar de novo.
subscription-enabled = A assinatura { $name } está em uso de novo.
subscription-delete = Excluir assinatura
subscription-delete-title = Excluir “{ $name }”?
subscription-delete-text = Tudo o que há nela vai junto: { $applications ->
    [0] nenhuma aplicação
    [1] uma aplicação
   *[other] { $applications } aplicações
}, { $count ->
    [0] nenhum usuário
    [1] um usuário
   *[other] { $users } usuários
}, escopos, chaves, sessões. Não é possível desfazer.
subscription-deleted = A assinatura { $name } foi excluída.

preset-standard = OpenID Connect
preset-standard-text = openid, profile, email, phone e address, como no padrão.
preset-grantid = Grantid
preset-grantid-text = Para aplicações que vêm do Grantid: profile traz nome, e-mail e telefone.
preset-next = Next Identity
preset-next-text = Para aplicações que vêm do Next Identity.

## Visão geral

overview-addresses = Endereços
overview-endpoints = Todos os endpoints
overview-details = Detalhes
first-steps-title = Primeiros passos
first-steps-done = Feito
first-steps-claims = O que as aplicações devem saber (opcional)
first-steps-claims-text = Uma claim é um fato sobre as pessoas, como o número do cartão da biblioteca. Ponha-a em um escopo de identidade: é com esse nome que as aplicações a pedem.
first-steps-api = A sua API e os escopos dela (opcional)
first-steps-api-text = Para uma API sua, chamada com tokens de acesso.
first-steps-application = Ela recebe um ID do cliente, e a página de configurações mostra código para começar.
first-steps-user = Alguém para experimentar. As pessoas também podem criar uma conta ao entrar, onde isso é permitido.
first-steps-try-it-out = Faça um login de verdade na sua aplicação com esse usuário e leia cada pedido, cada resposta e cada token dele.
first-steps-try-elsewhere = A página de uma aplicação tem uma área de testes, que faz um login de verdade nela. A aplicação precisa estar em uso.
first-steps-try-later = Com uma aplicação e um usuário, você pode fazer um login de verdade a partir daqui.
endpoint-issuer = Emissor
endpoint-discovery = Documento de descoberta
endpoint-jwks = Chaves públicas (JWKS)
endpoint-authorize = Endpoint de autorização
endpoint-token = Endpoint de token
endpoint-device-authorization = Endpoint de autorização de dispositivos
endpoint-backchannel-authentication = Endpoint de autenticação por outro canal
endpoint-userinfo = Endpoint UserInfo
endpoint-introspect = Endpoint de introspecção
endpoint-revocation = Endpoint de revogação
endpoint-endsession = Endpoint de fim de sessão
endpoint-account = Página da conta
endpoint-requests = Página dos logins que aplicações pedem
endpoint-device = Página para os códigos de dispositivos

## Chaves

keys-lead = Os tokens são assinados com estas chaves. A próxima é publicada antes de assinar; a anterior fica até que os tokens dela tenham expirado.
keys-rotate = Trocar a chave
keys-rotate-title = Criar a próxima chave de assinatura para { $alg }?
keys-rotate-text = A próxima chave é publicada imediatamente e passa a assinar daqui a uma hora, para que até lá toda API a conheça. A chave atual continua publicada até que expire o último token assinado com ela.
keys-rotated = A próxima chave foi publicada e passa a assinar daqui a uma hora.
key-id = Chave
key-published = Publicada em
key-signs-from = Assina desde
key-gone = Publicada até
key-gone-open = Ainda sem fim
key-state-next = Próxima
key-state-signing = Assinando
key-state-retired = Aposentada

## Sessões

sessions-lead = Quem está nesta assinatura neste momento; os logins mais recentes primeiro.
sessions-empty-title = Não há ninguém com sessão aberta
sessions-empty-text = As sessões aparecem aqui assim que alguém entra.

## Registro de auditoria

audit-lead = Todo login, recusa e alteração, do mais recente ao mais antigo. Valores de claims e segredos nunca aparecem aqui.
audit-empty = Nada aconteceu ainda.
audit-at = Quando
audit-actor = Quem
audit-what = O quê
audit-detail = Detalhes
audit-explain = O que deu errado?

failure-title = O que deu errado
failure-unregistered = A aplicação { $client } pediu para mandar as pessoas de volta a um endereço que não está cadastrado para ela. Os endereços cadastrados são comparados caractere por caractere.
failure-registered-since = A aplicação { $client } pediu para mandar as pessoas de volta a um endereço que não estava cadastrado para ela. Agora está.
failure-application-gone = A aplicação { $client } pediu para mandar as pessoas de volta a um endereço que não estava cadastrado para ela. A aplicação já não existe.
failure-missing-redirect-uri = A aplicação { $client } não disse para onde mandar as pessoas de volta: falta o parâmetro redirect_uri.
failure-unknown-client = Nenhuma aplicação daqui tem o ID do cliente { $client }. Confira o ID do cliente e a assinatura na configuração da aplicação.
failure-disabled-application = A aplicação { $client } está fora de uso. Ative-a para que as pessoas possam entrar.
failure-pushed-request = O navegador trouxe o nome de um pedido enviado antes por { $client } que é desconhecido, já foi usado ou é velho demais. Cada um vale uma vez, por um minuto e meio.
failure-request-object = O pedido assinado de { $client } não pode ser usado: { $reason }.
failure-malformed = O pedido nem pôde ser lido.
failure-invalid-client = A aplicação { $client } não provou quem é. Confira o ID do cliente e o segredo dela, e como ela os envia.
failure-invalid-grant = A aplicação { $client } usou um código ou um token de atualização que não vale mais, ou não vale neste pedido.
failure-invalid-scope = A aplicação { $client } pediu somente escopos que não pode ter. Permita-os nas configurações dela.
failure-unauthorized-client = A aplicação { $client } não pode usar esta concessão. Permita-a nas configurações dela.
failure-other = O pedido de { $client } foi recusado: { $reason }.
failure-received = Recebido
failure-expected = Cadastrado
failure-reference = Referência
failure-told = Nas palavras do protocolo
failure-error = Erro
failure-application = Aplicação
failure-registered = URIs de redirecionamento cadastradas agora
failure-address = Veio de
failure-to-application = Configurações da aplicação
failure-allow = Cadastrar este endereço
failure-allow-title = Cadastrar este endereço?
failure-allow-text = { $name } vai poder mandar as pessoas, e os códigos dos logins delas, para { $uri }. Só faça isto se você souber de quem é o endereço.
failure-allowed = { $uri } agora está cadastrado.

audit-action-create = Criação
audit-action-update = Alteração
audit-action-disable = Desativação
audit-action-enable = Ativação
audit-action-delete = Exclusão
audit-action-new-secret = Novo segredo
audit-action-remove-secret = Remoção de um segredo
audit-action-rotate = Troca da chave
audit-action-authorization-refused = Login recusado
audit-action-administrator-reset = Acesso de administração restabelecido
audit-action-owner-created = Criação de uma conta proprietária
audit-action-claims-given = Informou dados obrigatórios
audit-action-consent-given = Deu consentimento
audit-action-consent-refused = Negou consentimento
audit-action-device-connected = Conectou um dispositivo
audit-action-device-denied = Não conectou um dispositivo
audit-action-sign-in-asked = Aplicação pediu um login
audit-action-sign-in-allowed = Permitiu um login que uma aplicação pediu
audit-action-sign-in-denied = Não permitiu um login que uma aplicação pediu
audit-action-password-changed = Trocou a senha
audit-action-password-set = Definiu uma senha
audit-action-playground-run = Usou a área de testes
audit-action-profile-changed = Alterou os próprios dados
audit-action-registered = Criou uma conta
audit-action-logout-undelivered = Aplicação não soube do fim de uma sessão
audit-action-keys-unfetched = Chaves públicas não buscadas
audit-action-request-unfetched = Pedido assinado da aplicação não buscado
audit-action-session-ended = Encerrou uma sessão
audit-action-sign-in = Entrou
audit-action-sign-in-failed = Não conseguiu entrar
audit-action-sign-out = Saiu
audit-action-token-refused = Token recusado
audit-action-device-authorization-refused = Código de dispositivo recusado
audit-action-backchannel-authentication-refused = Pedido de login recusado
audit-action-introspection-refused = Introspecção recusada
audit-action-revocation-refused = Revogação recusada
audit-action-application-registered = Aplicação registrou-se sozinha
audit-action-user-impersonated = Aplicação tomou o lugar de uma pessoa
audit-action-registration-refused = Registro de aplicação recusado
audit-action-client-document-refused = Documento de uma aplicação recusado
audit-action-initial-access-token-created = Token de acesso inicial criado
audit-action-initial-access-token-revoked = Token de acesso inicial revogado
audit-by-initial-token = pelo token de acesso inicial { $name }
audit-action-user-changed = Alterou um usuário
audit-action-user-created = Criou um usuário
audit-action-user-deleted = Excluiu um usuário
audit-action-user-disabled = Desativou um usuário
audit-action-user-enabled = Ativou um usuário

object-subscription = Assinatura
object-claim = Claim
object-identity-scope = Escopo de identidade
object-api-connection = Conexão de API
object-api-scope = Escopo de API
object-application = Aplicação
object-signing-key = Chave de assinatura
object-user = Usuário
