# O console: usuários por CSV. O glossário está em common.ftl.

users-import = Importar usuários

import-lead = Crie muitos usuários a partir de um arquivo CSV: até { $lines } linhas de cada vez, { $passwords } delas com senha.
import-file = Arquivo CSV
import-file-help = No máximo 2 MB, em UTF-8. As células são separadas por vírgulas, ponto e vírgula ou tabulações.
import-content = Ou o texto dele
import-content-help = A primeira linha dá nome às colunas. O conteúdo do arquivo, inclusive senhas, aparece aqui depois da conferência, para que você possa corrigi-lo.
import-check = Conferir
import-submit = { $count ->
    [1] Importar um usuário
   *[other] Importar { $count } usuários
}
import-done = { $count ->
    [0] Nenhum usuário foi importado.
    [1] Um usuário foi importado.
   *[other] { $count } usuários foram importados.
} Ficaram de fora: já existentes, { $existing }; linhas com erro, { $wrong }.

import-result = O que este arquivo faria
import-new = { $count ->
    [0] Nenhum usuário seria criado.
    [1] Um novo usuário seria criado.
   *[other] { $count } novos usuários seriam criados.
}
import-without-password = { $count ->
    [1] Um deles não tem senha e não consegue entrar até receber uma.
   *[other] { $count } deles não têm senha e não conseguem entrar até receber uma.
}
import-existing = { $count ->
    [1] Um já existe e fica como está.
   *[other] { $count } já existem e ficam como estão.
}
import-wrong = { $count ->
    [1] Uma linha tem erro e fica de fora.
   *[other] { $count } linhas têm erro e ficam de fora.
}
import-problems = O que está errado
import-line = Linha
import-column = Coluna
import-reason = Motivo
import-more = { $count ->
    [1] E mais um motivo.
   *[other] E mais { $count } motivos.
}
import-wrong-lines = As linhas com erro, para copiar e corrigir

import-columns-title = Colunas
import-columns-text = A primeira linha dá nome às colunas, em qualquer ordem. Toda linha precisa de um nome de usuário ou de um endereço de e-mail. Quem já existe, pelo nome de usuário ou, na falta dele, pelo endereço, fica como está.
import-column-username = Nome para entrar, sem @
import-column-email = Endereço de e-mail
import-column-email-verified = yes (sim) ou no (não); vazio significa não
import-column-password = Pelo menos 15 caracteres; vazio para nenhuma
import-columns-claims = Cada claim tem uma coluna com o próprio nome. Vários valores em uma célula são separados por |, e as datas são escritas assim: 2026-11-22.

audit-action-users-imported = Importou usuários

problem-import-large = É grande demais: no máximo { $limit } MB de cada vez.
problem-import-encoding = Isto não é texto em UTF-8. Salve o arquivo como “CSV UTF-8”.
problem-import-empty = Escolha um arquivo em que a primeira linha dê nome às colunas e haja pelo menos mais uma linha.
problem-import-unreadable = Não é possível ler isto como CSV.
problem-import-columns = Falta uma coluna username ou uma coluna email.
problem-import-column-unknown = Não há coluna { $name }. As que podem ser usadas estão na lista abaixo.
problem-import-column-repeated = A coluna { $name } aparece mais de uma vez.
problem-import-lines = { $max ->
    [1] No máximo uma linha de cada vez.
   *[other] No máximo { $max } linhas de cada vez.
}
problem-import-passwords = { $max ->
    [1] No máximo uma linha com senha de cada vez: ela leva um momento.
   *[other] No máximo { $max } linhas com senha de cada vez: cada uma leva um momento.
}
problem-import-cells = A linha tem { $count ->
    [1] uma célula
   *[other] { $count } células
}, e a primeira linha tem { $expected }.
problem-import-repeated = A linha { $line } tem o mesmo valor.
problem-import-nobody = Não há ninguém novo para importar.
problem-import-meanwhile = Alguém alterou usuários ou claims enquanto isso. Ninguém foi importado; confira o arquivo de novo.
