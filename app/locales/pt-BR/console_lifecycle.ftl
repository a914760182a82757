# O console: o que acontece com os objetos ao longo do tempo, e o que se sabe dos usuários e dos logins deles.
# O glossário está em common.ftl.

## Aplicações

application-duplicate = Duplicar
application-duplicate-title = Duplicar “{ $name }”
application-duplicate-text = A nova aplicação recebe todas as configurações desta, inclusive os endereços, e nenhum segredo dela. Se for de um tipo que guarda segredos, recebe um primeiro, só seu.
application-copy-name = { $name } (cópia)

## Segredos

secret-live = Em uso
secret-ends-soon = Termina em breve
secret-expired = Expirado
secret-never-used = Nunca usado
secret-no-end = Não expira
secret-expires-in = Expira após
secret-expires-in-help = A partir daí ele é recusado.
secret-rotate = Trocar com sobreposição
secret-rotate-text = Um novo segredo é criado, e os que estão em uso terminam depois da sobreposição. Faça a troca nesse meio-tempo. Os segredos que expiram antes disso continuam expirando antes.
secret-overlap = Sobreposição
secret-overlap-help = Por quanto tempo os segredos anteriores ainda são aceitos.
secret-overlap-none = Nenhuma: eles terminam agora
secret-rotated = Um novo segredo foi criado. Os anteriores terminam depois da sobreposição.
secret-remove-expired-text = Ele expirou e já é recusado. Nada muda além desta lista.
secret-remove-last-text = Este é o último segredo que é aceito. Sem ele, nada consegue se autenticar aqui até que haja um novo.

## Chaves

keys-note = Os tokens de identidade e os tokens de acesso JWT são assinados e dependem de uma chave publicada até expirarem. Os tokens de referência e os de atualização não são assinados e continuam valendo, aconteça o que acontecer com as chaves.
key-last-token = Fim do último token
key-no-end = Ainda sem fim
keys-rehearsal-published = A próxima chave é publicada
keys-rehearsal-signs = A próxima chave passa a assinar, e a atual deixa de assinar
keys-rehearsal-last-token = O último token da chave atual expira
keys-rehearsal-gone = A chave atual sai do JWKS
keys-rehearsal-depends = Até a próxima chave assinar, todo token de identidade e todo token de acesso JWT depende da chave atual ({ $kid }…). Pelas configurações de hoje, os que duram mais, { $count ->
    [1] um minuto
   *[other] { $count } minutos
}, são os emitidos para { $name }.
keys-rehearsal-nothing = Nenhuma aplicação recebe tokens que dependam da chave atual ({ $kid }…).

## Configurações

subscription-password-length = Tamanho mínimo da senha
subscription-password-length-help = Em caracteres, de 15 a 64. Vale para as senhas escolhidas a partir de agora.
subscription-new-applications = Novas aplicações
subscription-new-applications-help = Com o que começa o formulário de uma nova aplicação. As aplicações que já existem ficam como estão.
subscription-new-refresh = Tokens de atualização

## Prévia em outras páginas

preview-text-object = O que uma aplicação recebe com este formulário como está, salvo ou não. Feita pelas mesmas regras que emitem tokens; nada é emitido nem salvo.
preview-application = Aplicação (ID do cliente)
preview-no-application = Nenhuma aplicação nesta assinatura tem este ID do cliente.

## Usuários

user-parts = Partes da página deste usuário
user-details = Dados
user-claims-own = Claims desta assinatura
user-claims-name = Nomes
user-claims-contact = Formas de contato
user-claims-person = Sobre a pessoa
user-consents = Consentimentos
user-consents-title = Consentimentos de { $name }
user-consents-empty-title = Ainda não há consentimentos
user-consents-empty-text = Aqui aparece o que a pessoa concorda que as aplicações recebam, quando elas pedem consentimento.
consent-application = Aplicação
consent-scopes = Escopos
consent-granted-at = Dado em
consent-withdraw = Revogar
consent-withdraw-title = Revogar este consentimento?
consent-withdraw-text = Tudo o que { $user } permitiu a { $name } termina agora, inclusive os tokens. { $name } pede o consentimento de novo no próximo login.
consent-withdraw-unasked-text = Tudo o que { $user } permitiu a { $name } termina agora, inclusive os tokens. { $name } não pede mais consentimento; por isso, no próximo login volta a ter acesso.
consent-withdrawn = O consentimento para { $name } foi revogado.
user-history = Histórico
user-history-title = Histórico de { $name }
user-history-lead = Logins, recusas e alterações deste usuário, do mais recente ao mais antigo. Valores de claims nunca aparecem aqui.
user-history-empty = Nada aconteceu ainda.

## Logins recusados

failure-sign-in-title = Por que este login falhou
failure-sign-in-password = A senha de { $user } estava errada. Se a pessoa a esqueceu, defina uma nova.
failure-sign-in-unknown = Ninguém nesta assinatura tem o nome de usuário digitado. Talvez haja um erro de digitação, ou a conta seja de outra assinatura.
failure-sign-in-unknown-address = Ninguém nesta assinatura tem o endereço de e-mail digitado. Talvez haja um erro de digitação, ou a conta seja de outra assinatura.
failure-sign-in-disabled = A conta de { $user } está desativada e não permite entrar. Ative-a para que a pessoa possa entrar.
failure-sign-in-no-password = { $user } ainda não tem senha. Defina uma e entregue-a à pessoa.
failure-sign-in-blocked = Muitos logins de { $user }, ou vindos da mesma rede, tinham falhado pouco antes. Este foi recusado sem que a senha fosse conferida.
failure-sign-in-blocked-unknown = Muitos logins com o mesmo nome, ou vindos da mesma rede, tinham falhado pouco antes. Este foi recusado sem que a senha fosse conferida.
failure-sign-in-gone = O usuário de que se tratava não existe mais.
failure-since-enabled = A conta foi ativada depois disso.
failure-since-disabled = A conta está desativada agora.
failure-since-password = Uma senha foi definida depois disso.
failure-blocked-until = Novas tentativas são recusadas até
failure-blocked-why = porque muitas falharam. Aguarde até lá, ou remova o bloqueio.
failure-enable-user = Ativar o usuário
failure-to-user = Ir para o usuário
failure-lift = Remover o bloqueio
failure-lift-title = Remover o bloqueio?
failure-lift-text = Os logins de { $user } que falharam a partir de { $address }, e os de todas as pessoas da mesma rede, são esquecidos, e a contagem recomeça. Só faça isto se você souber quem tentou.
failure-lift-address-text = Os logins que falharam a partir de { $address } e da rede desse endereço são esquecidos, e a contagem recomeça. Só faça isto se você souber quem tentou.
failure-lifted = O bloqueio foi removido.

## Registro de auditoria

audit-action-rotate-secret = Troca do segredo
audit-action-consent-withdrawn = Revogou um consentimento
audit-action-sign-in-by-session = Entrou por uma sessão já aberta
audit-action-sign-in-blocked = Recusa depois de muitas falhas
audit-action-sign-in-unblocked = Removeu um bloqueio
