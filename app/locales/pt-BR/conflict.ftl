# Duas pessoas no mesmo objeto. O glossário está em common.ftl.
conflict-by = { $who } salvou isto { $ago }, depois que você abriu a página.
conflict-both = { $label }: você e outra pessoa alteraram. Escolha o que fica.
conflict-both-together = { $label }: você e outra pessoa alteraram. As alterações foram reunidas; confira.
conflict-kept = { $label }: alterado enquanto isso; fica como foi salvo.
conflict-kept-of = { $label }: alterado por { $who } { $ago }; fica como foi salvo.
conflict-elsewhere = O que foi alterado não está neste formulário.
conflict-start-over = Recomeçar com o que está guardado agora
conflict-question = Você e outra pessoa alteraram este campo. Fica:
conflict-mine = O que está no campo
conflict-together = As duas alterações, como está no campo
conflict-theirs = O que foi salvo enquanto isso:
conflict-only-mine = Só o que você tinha:
ago-now = agora mesmo
ago-minutes = { $count ->
    [1] há um minuto
   *[other] há { $count } minutos
}
ago-hours = { $count ->
    [1] há uma hora
   *[other] há { $count } horas
}
ago-days = { $count ->
    [1] há um dia
   *[other] há { $count } dias
}
