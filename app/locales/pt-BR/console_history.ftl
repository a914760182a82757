# Desfazer, histórico e registro de auditoria. O glossário está em common.ftl.

undo = Desfazer

## Uma alteração

change-title = Uma alteração
change-lead = Feita por { $who }.
change-nothing = Foi salvo, e nada mudou.
history-none = Nada
difference-from = Era
difference-to = é
difference-removed = Saiu
difference-added = Entrou

## Desfazer

undo-title = Desfazer esta alteração?
undo-rest = Desfazer o resto
undo-undone = Esta alteração está desfeita.
undo-undone-by = Ver o que a desfez
undo-permanent = Esta alteração não pode ser desfeita: uma chave já publicada não volta atrás, segredos que receberam um fim não têm outro conhecido, e o começo ou o fim de uma assinatura inteira não se desfaz, faz-se de novo.
undo-missing = Esta alteração não pode ser desfeita: algo que ela mudou foi excluído depois. Restaure isso primeiro.
undo-not-kept = Esta alteração não pode ser desfeita: o registro não guarda o que havia antes.
undo-nothing = Não há o que desfazer: tudo está como antes desta alteração.
undo-conflicts = Alguém mudou isto depois. Fica como está: à esquerda o que esta alteração fez, à direita o que é agora.
undo-step-delete = Foi criado por esta alteração e será excluído, com tudo o que há nele e com as edições feitas depois.
undo-step-revive = Foi excluído por esta alteração e volta como era.
undo-step-change = Isto volta a ser o que era antes:
undo-step-missing = Foi excluído depois.
undo-step-not-kept = O que era antes não está no registro.
undo-step-secrets = Os segredos voltam a ser os de antes:
undo-step-nothing = Já está como antes desta alteração.
undo-secrets-refused = { $count ->
    [1] Um segredo passa a ser recusado.
   *[other] { $count } segredos passam a ser recusados.
}
undo-secrets-back = { $count ->
    [1] Um segredo removido volta a ser aceito.
   *[other] { $count } segredos removidos voltam a ser aceitos.
}
undo-lost-claim = Os valores que os usuários tinham não voltam.
undo-lost-application = Consentimentos, logins e tokens dos usuários não voltam.
change-undone = A alteração está desfeita.

## Restaurar um objeto

restore = Restaurar
restore-title = Restaurar “{ $name }”?
restore-text = Volta a ser o que era então. Tudo o que mudou depois nestes campos é substituído:
restore-gone = Está excluído agora, e volta com o mesmo nome como era então:
restore-same = Está exatamente assim agora. Não há o que restaurar.
restore-before = Restaurar o que havia antes
restore-after = Restaurar esta versão
restored = { $name } é de novo o que era.

audit-action-restore = Restauração
audit-action-restore-secret = Segredo aceito de novo

## Viagem no tempo

history = Histórico
history-title = Histórico
history-lead = A configuração inteira como era em qualquer momento. Usuários não fazem parte dela.
history-at = Momento (UTC)
history-show = Mostrar
history-guidance = Escolha um momento para ver cada objeto como era então, e quais mudaram depois.
history-unborn = A assinatura ainda não existia.
history-as-of = Em { $moment }
history-gone = excluído depois
history-changed = alterado depois
history-restore = Restaurar como era então
history-file = Como arquivo para tessera apply
history-file-help = Segredos nunca aparecem nele. Aplicá-lo faz do que ele lista o que era; o que entrou depois fica, a menos que se use prune.
history-objects = Objeto por objeto
history-claims = Claims

## O registro de auditoria

audit-search = Buscar
audit-search-help = Encontra nomes que começam assim (os cem primeiros), quem tem exatamente esse nome, ou a referência de uma página de falha.
audit-filter = Filtrar o registro de auditoria
audit-kind = Tipo
audit-any = Qualquer
audit-from = De (dia, UTC)
audit-until = Até (dia, UTC)
audit-show = Mostrar
audit-only-object = Aparece só o que aconteceu a um objeto.
audit-only-who = Aparece só o que { $who } fez.
audit-change = Ver a alteração
audit-download = Baixar o que aparece (no máximo as { $max } linhas mais recentes)
audit-download-csv = em CSV
audit-download-json = em JSON
audit-export-more = Há linhas mais antigas: um arquivo tem no máximo { $max }. Escolha menos dias para obtê-las.
audit-by-password = com senha
audit-by = com { $method }
audit-from-address = de { $address }
audit-with-claims = claims: { $claims }
audit-with-scopes = escopos: { $scopes }
audit-with-details = em detalhe: { $types }
audit-end-others = e encerrou todas as outras sessões
audit-for-client = para { $client }
audit-to-uri = para { $uri }
audit-towards = para { $name }
audit-by-issuer = segundo { $name }
audit-because = motivo: { $reason }
audit-to-administrator = a { $name }
audit-in-place = em { $slug }
audit-reason-wrong-password = senha errada
audit-reason-unknown-user = usuário inexistente
audit-reason-disabled-user = o usuário está desabilitado
audit-reason-no-password = o usuário não tem senha
audit-reason-blocked = falhas demais
audit-typed-email = foi digitado um e-mail
audit-typed-username = foi digitado um nome de usuário
