# O console: claims, escopos de identidade, conexões de API e os escopos delas. O glossário está em common.ftl.

scopes-lead = O que as aplicações podem saber sobre as pessoas: as claims são os fatos; os escopos de identidade, os nomes com que eles são pedidos.

## Claims

claims-title = Claims personalizadas
claims-lead = Fatos sobre as pessoas além dos padrão, que sempre existem.
claims-new = Nova claim
claims-search = Buscar claims
claims-empty = Uma claim personalizada é um fato que o padrão não conhece, como o número do cartão da biblioteca. Defina uma, ponha-a em um escopo de identidade, e as aplicações podem pedi-la.

claim-type = Tipo
claim-type-help = O que é um valor. Não pode ser alterado depois.
claim-name-help = O nome nos tokens, por exemplo library_card. Não pode ser alterado depois.
claim-display-name-help = O que as pessoas leem junto do campo.
claim-help = Texto de ajuda
claim-help-help = Uma frase abaixo do campo: onde encontrar o valor, que aparência ele tem.
claim-scope = Escopo de identidade
claim-scope-help = As aplicações pedem a claim por ele. O nome de um novo, ou de um que já existe.
claim-pattern = Padrão
claim-pattern-help = Uma expressão regular para o valor inteiro, por exemplo `LC-[0-9]{ "{" }6{ "}" }`. As pessoas não a veem: diga abaixo como é um valor.
claim-pattern-is = Precisa corresponder a `{ $pattern }`
claim-min-length = Comprimento mínimo
claim-max-length = Comprimento máximo
claim-minimum = Menor valor
claim-maximum = Maior valor
claim-choices = Opções
claim-choices-help = Uma por linha: o valor, ou o valor = o que as pessoas leem.
claim-unique = Única na assinatura
claim-unique-help = Dois usuários não podem ter o mesmo valor.
claim-unique-badge = única
claim-at-registration = Pedir na criação da conta
claim-at-registration-help = O formulário de criação de conta a mostra. Ali ela pode ficar vazia, a menos que a aplicação a exija.
claim-on-profile = Mostrar na página da conta
claim-on-profile-help = As pessoas a veem ali e podem alterá-la.
claim-in-identity-token = Token de identidade
claim-in-identity-token-help = A aplicação a lê no login. Desmarcado: só o UserInfo a entrega.
claim-in-access-token = Token de acesso
claim-in-access-token-help = Também para APIs: elas a veem no token de acesso que a aplicação repassa.
claim-created = A claim { $name } foi criada.
claim-created-in-scope = A claim { $name } foi criada, no escopo de identidade { $scope }.
claim-into-scope = Pôr em um escopo de identidade
claim-saved = A claim foi salva.
claim-delete = Excluir claim
claim-delete-title = Excluir a claim “{ $name }”?
claim-delete-text = Os valores que os usuários têm vão junto. Não é possível desfazer.
claim-deleted = A claim { $name } foi excluída.

claim-type-string = Texto de uma linha
claim-type-text = Texto de várias linhas
claim-type-integer = Número inteiro
claim-type-decimal = Número
claim-type-boolean = Sim ou não
claim-type-date = Data
claim-type-email = Endereço de e-mail
claim-type-phone = Telefone
claim-type-url = Endereço web
claim-type-choice = Uma entre várias opções
claim-type-multiple-choice = Quaisquer entre várias opções
claim-type-address = Endereço postal
claim-type-json = JSON

tester-label = Experimente um valor
tester-matches = Este valor corresponde ao padrão.
tester-differs = Este valor não corresponde ao padrão.
tester-broken = O padrão não é uma expressão regular válida.

## Escopos de identidade

identity-scopes-title = Escopos de identidade
identity-scopes-lead = Uma aplicação que pode pedir um escopo recebe as claims dele.
identity-scopes-new = Novo escopo de identidade
identity-scopes-search = Buscar escopos de identidade
identity-scopes-empty = Ainda não há escopos de identidade. Um escopo dá a um conjunto de claims um nome que as aplicações pedem.
identity-scope-claims = Claims
identity-scope-claims-help = O que fica sabendo uma aplicação que pede este escopo.
identity-scope-created = O escopo de identidade { $name } foi criado.
identity-scope-saved = O escopo de identidade foi salvo.
identity-scope-delete = Excluir escopo de identidade
identity-scope-delete-title = Excluir o escopo de identidade “{ $name }”?
identity-scope-delete-text = As claims dele permanecem. Não é possível desfazer.
identity-scope-deleted = O escopo de identidade { $name } foi excluído.

scope-name-help = O nome que as aplicações pedem. Não pode ser alterado depois.
scope-display-name-help = O que as pessoas leem quando se pede o consentimento delas.
scope-description-help = Mais uma frase para a página de consentimento.
scope-allow = Permitir para uma aplicação

## Conexões de API

connections-lead = APIs protegidas: os escopos delas vão nos tokens de acesso; os segredos permitem que elas consultem tokens.
connections-new = Nova conexão de API
connections-search = Buscar conexões de API
connections-empty-title = Ainda não há conexões de API
connections-empty-text = Uma conexão de API representa uma API sua. As aplicações que podem pedir os escopos dela recebem tokens de acesso que ela aceita.
connection-name-help = A audiência nos tokens de acesso, e o nome de usuário na introspecção. Letras minúsculas, dígitos e _ . : - Não pode ser alterado depois.
connection-display-name-help = O que as pessoas leem.
connection-resource = Indicador de recurso
connection-resource-help = Uma URI absoluta com a qual as aplicações podem pedir tokens só para esta API, em geral o endereço dela (RFC 8707). Esses tokens a têm como audiência, no lugar do nome. Ela nunca é chamada.
connection-metadata = Endereço dos metadados
connection-metadata-help = Um documento para clientes que conhecem a API e procuram quem emite tokens para ela (RFC 9728). Indique este endereço nos desafios da API como resource_metadata.
connection-keys = Provar quem é com a própria chave
connection-keys-text = Com chaves aqui, a API assina cada pedido sobre tokens (private_key_jwt), e os segredos dela deixam de valer.
connection-scopes-help = Permissões dentro da API, uma por linha, por exemplo `books-read = Livros que você leu`. Um escopo com o nome da conexão, para a API inteira, existe de qualquer modo.
connection-secret = Segredo da conexão
connection-secret-help = Com o nome dela e um segredo, a API consulta tokens no endpoint de introspecção.
connection-created = { $count ->
    [one] A conexão de API { $name } foi criada, com o escopo { $scopes } para a API inteira.
   *[other] A conexão de API { $name } foi criada, com os escopos { $scopes }.
}
connection-delete = Excluir conexão de API
connection-delete-title = Excluir a conexão de API “{ $name }”?
connection-delete-text = Os escopos e segredos dela vão junto. Não é possível desfazer.
connection-deleted = A conexão de API { $name } foi excluída.

## Escopos de API

api-scopes-title = Escopos de API
api-scopes-lead = Permissões dentro desta API. As concedidas aparecem no token de acesso.
api-scopes-new = Novo escopo de API
api-scope-name-help = O nome que as aplicações pedem. Não pode ser alterado depois. Os nomes valem para todos os escopos juntos; por isso, comece pelo nome da conexão.
api-scope-own-name = Este escopo tem o nome da própria conexão e veio com ela: permita-o onde uma aplicação puder usar a API inteira, e crie outros para partes dela. Ele não pode ser renomeado nem excluído.
api-scope-created = O escopo de API { $name } foi criado.
api-scope-saved = O escopo de API foi salvo.
api-scope-delete = Excluir escopo de API
api-scope-delete-title = Excluir o escopo de API “{ $name }”?
api-scope-delete-text = As aplicações não podem mais pedi-lo. Não é possível desfazer.
api-scope-deleted = O escopo de API { $name } foi excluído.

## Detalhes de autorização

detail-types-title = Detalhes de autorização
detail-types-lead = O que as aplicações podem pedir com todas as palavras, como um pagamento, onde um escopo diz só "pagamentos" (RFC 9396). Cada tipo diz o que um pedido contém.
detail-types-new = Novo tipo
detail-type-name-help = O que os pedidos trazem como tipo. Não pode ser alterado depois, e nenhuma outra conexão de API pode usá-lo.
detail-type-display-name-help = O que as pessoas leem quando são consultadas, como Um pagamento.
detail-type-description-help = Palavras mais longas para essa página.
detail-type-fields = Campos
detail-type-fields-help = O que um pedido contém além do tipo, um por linha: nome: tipo, em que o tipo é string, number, boolean, object ou list. Acrescente uma vírgula e required ao que for obrigatório, e = com palavras para as pessoas. O que não está na lista é recusado.
detail-type-actions = Ações
detail-type-actions-help = O que um pedido pode citar em actions, um por linha. Sem nada aqui, um pedido não tem ações.
detail-type-locations = Locais
detail-type-locations-help = URIs absolutas que um pedido pode citar em locations, além do indicador de recurso desta conexão.
detail-type-datatypes = Tipos de dados
detail-type-datatypes-help = O que um pedido pode citar em datatypes, um por linha.
detail-type-privileges = Privilégios
detail-type-privileges-help = O que um pedido pode citar em privileges, um por linha.
detail-type-created = O tipo { $name } foi criado.
detail-type-saved = O tipo foi salvo.
detail-type-delete = Excluir tipo
detail-type-delete-title = Excluir o tipo “{ $name }”?
detail-type-delete-text = As aplicações não podem mais pedi-lo.
detail-type-deleted = O tipo { $name } foi excluído.

## Segredos

secrets-none = No momento nenhum segredo é aceito, por isso nada consegue se autenticar aqui. Crie um.
secret-new = Novo segredo
secret-new-text = Ele vale ao lado dos atuais, para que a troca aconteça sem interrupção. Depois, remova o antigo.
secret-create = Criar segredo
secret-created = Um novo segredo foi criado.
secret-remove = Remover
secret-remove-title = Remover este segredo?
secret-remove-text = Quem ainda o usa passa a ser recusado a partir de agora.
secret-removed = O segredo foi removido.
secret-last-used = Último uso
secret-expires = Expira em
