# Palavras comuns às páginas dos dois públicos.
#
# Glossário, para que cada coisa tenha sempre o mesmo nome em todos os arquivos desta pasta:
#   access token        token de acesso          identity scope   escopo de identidade
#   account             conta                    identity token   token de identidade
#   API connection      conexão de API           issuer           emissor
#   application         aplicação (no celular:   key              chave
#                       aplicativo)              lifetime         validade
#   audit log           registro de auditoria    redirect URI     URI de redirecionamento
#   claim               a claim, as claims (quem administra); dado, informação (quem só entra)
#   consent             consentimento            refresh token    token de atualização
#   enable, disable     ativar, desativar        required claim   claim obrigatória
#   grant               concessão                scope            escopo
#   secret              segredo                  session          sessão
#   sign in, sign out   entrar, sair; o login    subscription     assinatura
#   token preview       prévia dos tokens        user             usuário (sempre que der: conta, pessoa)
#   administrator       quem administra (nos     viewer, editor,  leitor, editor, proprietário (nomes de
#                       títulos:                 owner            papéis)
#                       administradores)
#   branding            marca                    role             papel
#   overlap             sobreposição             run              teste
#   playground          área de testes           stage            etapa
#   rotate              trocar                   withdraw         revogar (consentimento), cancelar (link)
# Trata-se quem lê por "você". Onde o gênero dependeria da pessoa, a frase muda: "A conta de Ana foi
# desativada". O zero é singular em português ([one] vale para 0 e 1): onde a frase diz "um", use [1].

product = Tessera
title-error = Erro: { $title }
skip = Ir para o conteúdo
save = Salvar
continue = Continuar
copy = Copiar
copied = Copiado
delete = Excluir
disable = Desativar
enable = Ativar
never = Nunca
count-more-than = mais de { $count }
state = Situação
state-enabled = Em uso
state-disabled = Fora de uso
created-at = Criação
updated-at = Última alteração

secret-once-text = Copie agora e guarde em lugar seguro. Ele aparece só desta vez e não pode ser mostrado de novo.

## Formulários

form-cancel = Cancelar
form-optional = (opcional)
form-errors-title = { $count ->
    [one] Um ponto precisa da sua atenção
   *[other] { $count } pontos precisam da sua atenção
}
form-error-at = { $label }: { $problem }
form-changed-title = Outra pessoa fez uma alteração enquanto isso
form-changed-text = Nada se perdeu, e nada foi salvo ainda. Clique no botão de novo para continuar.
form-stored-nothing = nada
form-in-use-title = Isto ainda está em uso
form-in-use-text = Não é possível excluir enquanto houver referências:
form-too-many-title = Tentativas demais
form-too-many-text = { $seconds ->
    [one] Aguarde um segundo e tente de novo.
   *[other] Aguarde { $seconds } segundos e tente de novo.
}

## O que se refere a um objeto

usage-application = Aplicação { $name }
usage-identity-scope = Escopo de identidade { $name }
usage-api-scope = Escopo de API { $name }
usage-claim-values = { $count ->
    [one] Um usuário tem um valor
   *[other] { $count } usuários têm um valor
}

## Listas

list-search = Buscar
list-clear = Mostrar tudo
list-nothing-found = Nada foi encontrado. A busca olha para o começo dos nomes.
list-pages = Páginas da lista
list-first-page = Primeira página
list-next-page = Próxima página

## Endereços

address-street-address = Rua e número
address-locality = Cidade
address-region = Estado ou região
address-postal-code = CEP ou código postal
address-country = País

## Claims como campos

claim-yes = Sim
claim-no = Não
claim-not-set = Não informado
claim-choose = Escolha…
claim-phone-help = Com o código do país, como +55 11 91234-5678.
claim-url-help = Com https:// na frente, como https://www.example.org
claim-json-help = JSON válido, como ["silêncio", "perto da janela"].
claim-address-help = Preencha o que o seu endereço tiver.

## Senhas

password-new = Nova senha
password-again = Repita a senha
password-current = Senha atual
password-help = Pelo menos { $min } caracteres. Algumas palavras que só você juntaria dão uma boa senha.

## Sessões

session-user = Usuário
session-since = Desde
session-last-seen = Última atividade
session-until = Termina no máximo em
session-browser = Navegador
session-end = Encerrar sessão
session-end-title = Encerrar esta sessão?
session-end-of-text = A sessão de { $user } neste navegador ({ $browser }) termina, e será preciso entrar de novo. Os tokens que vieram dela deixam de funcionar.
session-ended = A sessão foi encerrada.

## Erros

error-not-found = Página não encontrada
error-not-found-text = Não há nada neste endereço, ou nada que você possa ver.
error-forbidden = Sem permissão
error-forbidden-text = Você pode ver isto, mas não pode fazer esta ação. Alguém com outro papel pode ajudar.
error-bad-request = Este endereço ou formulário não faz sentido
error-bad-request-text = Algo no endereço está errado. Volte e tente o link de novo.
error-invalid-text = Não foi possível concluir, por este motivo:
error-changed-text = Volte, recarregue a página e tente de novo.
error-unavailable = Tente de novo daqui a pouco
error-unavailable-text = O serviço não consegue responder agora. Nada foi alterado.
error-internal = Algo deu errado
error-internal-text = A falha é nossa e foi registrada. Nada foi alterado.
error-reference = Referência:
error-request = Para quem lê o log do servidor:
error-too-large = É demais de uma vez só
error-too-large-text = O que foi enviado é maior do que este servidor aceita, por isso nada foi alterado. Envie menos, ou peça a quem cuida do servidor que permita mais.
error-other-host = Este servidor atende por outro nome
error-other-host-text = Ele só responde em { $url }. Use esse endereço.
error-other-host-go = Abrir { $url }
error-back-to-console = Voltar ao console
error-console-sign-in = O login não chegou ao fim
error-cross-site = Este formulário não foi enviado daqui
error-cross-site-text = O seu navegador não confirmou que o formulário veio deste site, por isso nada foi alterado. Volte, recarregue a página e tente de novo.
error-sign-in = A sua sessão terminou
error-sign-in-text = A sua sessão terminou antes do envio do formulário. Nada foi alterado. Entre, volte e envie de novo.
error-authorization = Não é possível continuar este login
error-out-of-use = Fora de uso

## Por que um pedido de autorização foi recusado com uma página

authorization-malformed-request = A aplicação enviou um pedido que não pode ser lido. Não há nada de errado com a sua conta. Avise quem cuida da aplicação e informe esta referência.
authorization-pushed-request = Este caminho para entrar já foi usado, ou passou tempo demais. Não há nada de errado com a sua conta. Volte à aplicação e comece de novo.
authorization-request-object = A aplicação enviou um pedido assinado que não pode ser usado. Não há nada de errado com a sua conta. Avise quem cuida da aplicação e informe esta referência.
authorization-unknown-client = Esta aplicação não é conhecida aqui. Não há nada de errado com a sua conta. Avise quem cuida da aplicação e informe esta referência.
authorization-disabled-application = Esta aplicação está fora de uso. Avise quem cuida dela e informe esta referência.
authorization-disabled-subscription = O login daqui está fora de uso. Fale com quem cuida dele.
authorization-missing-redirect-uri = A aplicação não disse para onde voltar. Não há nada de errado com a sua conta. Avise quem cuida da aplicação e informe esta referência.
authorization-unregistered-redirect-uri = A aplicação pediu para voltar a um endereço que não está cadastrado para ela. Não há nada de errado com a sua conta. Avise quem cuida da aplicação e informe esta referência.
