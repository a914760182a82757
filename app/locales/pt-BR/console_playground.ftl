# A área de testes: um login de verdade, experimentado a partir do console. O glossário está em common.ftl.

playground-open = Experimentar na área de testes
playground-title = Área de testes
playground-lead = Faça um login de verdade em { $name } e leia cada pedido, cada resposta e cada token dele.
playground-fact-self = Entre com a conta de um usuário de { $subscription }, não com a sua conta do console.
playground-fact-real = É um login de verdade: o que você preencher no caminho fica guardado. Você verá todos os tokens depois; até lá eles já não valem.
playground-only-editors = Quem tem o papel de editor pode iniciar um teste aqui.
playground-no-grant = Esta aplicação não tem nenhuma concessão que se possa experimentar. Permita uma nas configurações dela.
problem-playground-disabled = A aplicação está fora de uso. Ative-a para experimentar.
playground-start = Iniciar
playground-more = Outras formas de pedir
playground-summary = O que os tokens contêm
playground-summary-scopes = Escopos:
playground-summary-nothing = Nada além do que todo token tem.

playground-grant = O que experimentar
playground-scope = Escopos a pedir
playground-scope-help = Uma aplicação que age por si mesma pede os escopos de API entre eles.
playground-scope-empty = A aplicação ainda não pode pedir nenhum escopo.
playground-prompt = O que perguntar a você
playground-prompt-help = O parâmetro prompt.
playground-prompt-default = Só o necessário
playground-prompt-none = Nada: responder logo, ou dizer por que não (none)
playground-prompt-login = Pedir que você entre de novo (login)
playground-prompt-consent = O consentimento, já dado ou não (consent)
playground-prompt-select-account = Qual conta usar (select_account)
playground-prompt-create = Pedir que você crie uma conta (create)
playground-max-age = Tempo máximo desde o seu login
playground-max-age-help = Em segundos. O parâmetro max_age: quem entrou há mais tempo entra de novo.

playground-runs = Os seus testes
playground-runs-text = Só você os vê.
playground-run-title = Teste na área de testes
playground-again = Testar de novo
playground-started = Início
playground-withheld = Só o que é secreto fica de fora: … aparece no lugar.
playground-to-failure = O que deu errado?

playground-state-done = Concluído
playground-state-refused = Recusado
playground-state-no-tokens = Sem tokens
playground-state-waiting = Em andamento
playground-state-expired = Sem resposta
playground-state-interrupted = Interrompido
playground-done = Funcionou: a aplicação teria tudo o que está abaixo.
playground-refused = O login foi recusado. O erro que a aplicação receberia está abaixo.
playground-no-tokens = O endpoint de token deu um erro em vez de tokens. Ele está abaixo.
playground-waiting = Ainda não voltou nenhuma resposta. Se o login terminou em uma página de erro, a referência dela leva à causa: busque-a no registro de auditoria.
playground-expired = Nenhuma resposta voltou em dez minutos. Se o login terminou em uma página de erro, a referência dela leva à causa: busque-a no registro de auditoria.
playground-interrupted = A resposta voltou, mas depois disso algo falhou do nosso lado. O código já foi gasto; faça o teste de novo.

playground-step = { $number }. { $title }
playground-step-request = Pedido de autorização
playground-step-request-text = A aplicação manda o navegador para este endereço, com estes parâmetros.
playground-step-sign-in = O que aconteceu no meio
playground-step-sign-in-text = O navegador estava nas páginas da própria assinatura. A aplicação não fica sabendo nada desta parte.
playground-step-answer = De volta à aplicação
playground-step-answer-text = O navegador volta com estes parâmetros, aqui para { $uri }. A sua aplicação tem uma URI de redirecionamento própria.
playground-step-token = Pedido de tokens
playground-step-token-secret = O servidor da aplicação troca o que tem por tokens. Ele prova quem é com o segredo; este teste passou sem ele, porque só a aplicação conhece esse segredo.
playground-step-token-public = A aplicação troca o código por tokens. Ela não guarda segredo: code_verifier prova que foi ela que fez o pedido.
playground-step-identity-token-text = Para a aplicação: quem entrou, quando e como.
playground-step-access-token-text = Para APIs. A aplicação o passa adiante e não o lê.
playground-step-reference-text = Uma referência: um identificador que por si só não diz nada. Uma API pergunta o que ele representa, veja abaixo.
playground-step-userinfo = UserInfo
playground-step-userinfo-text = O que a aplicação fica sabendo sobre a pessoa quando pergunta com o token de acesso.
playground-step-introspection = Introspecção
playground-step-introspection-text = O que uma API fica sabendo quando pergunta sobre o token de acesso.
playground-step-introspection-nobody = Nenhum dos escopos concedidos é de uma conexão de API; portanto, não há API que possa perguntar sobre o token de acesso.

playground-proof = Provou quem é
playground-proof-new = durante este teste
playground-proof-earlier = antes deste teste, por isso nenhuma senha foi pedida
playground-method = Método
playground-asked = No caminho
playground-asked-nothing = Nada foi perguntado.

playground-token-bytes = { $count ->
    [1] O token inteiro tem 1 byte.
   *[other] O token inteiro tem { $count } bytes.
}
playground-token-header = Cabeçalho: { $name }
playground-token-claims = Claims: { $name }
playground-answer = Resposta: { $status }
playground-sample-token = O pedido
playground-sample-userinfo = O pedido
playground-sample-introspection = O pedido de { $connection }
playground-checks = O que a aplicação precisa conferir
playground-check-good = Certo:
playground-check-bad = Errado:
playground-check-state = state é o que foi enviado, portanto foi este navegador que começou o login.
playground-check-issuer = iss traz o emissor a quem se fez o pedido, portanto ninguém mais respondeu.
playground-check-signature = A assinatura foi feita por uma chave que o emissor publica.
playground-check-nonce = nonce é o que foi enviado, portanto o token pertence a este login.

playground-param-response-type = Pede um código, que a aplicação troca por tokens.
playground-param-client-id = Diz qual aplicação faz o pedido.
playground-param-redirect-uri = Para onde vai a resposta. A sua aplicação envia uma que está cadastrada para ela; esta é só da área de testes.
playground-param-scope = O que se pede.
playground-param-state = Um valor aleatório que volta com a resposta e a liga a este navegador.
playground-param-nonce = Um valor aleatório que volta no token de identidade e o liga a este login.
playground-param-code-challenge = O SHA-256 de um valor aleatório que só a aplicação conhece até resgatar o código (PKCE).
playground-param-code-challenge-method = Como code_challenge foi feito a partir dele.
playground-param-prompt = O que perguntar às pessoas.
playground-param-max-age = Segundos desde o último login depois dos quais as pessoas entram de novo.
playground-param-grant-type = Como a aplicação obtém os tokens.
playground-param-code = O que a aplicação troca por tokens: uma só vez, e dentro de um minuto.
playground-param-iss = Qual emissor responde.
playground-param-error = O que deu errado, para programas.
playground-param-error-description = O que deu errado, para quem desenvolve.

error-playground = Não cabe a você terminar este teste
error-playground-text = Ele foi iniciado no console, em outro navegador ou por outra pessoa, ou a sua sessão no console terminou depois disso. Nada foi passado adiante. Você pode fechar esta página.
