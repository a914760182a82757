# As páginas que veem as pessoas que entram: sem termos técnicos. O glossário está em common.ftl.

continue-to = para continuar em { $name }
application-website = Site
application-about = Sobre { $name }:
source-host = descreve esta aplicação. Continue somente se você conhece esse endereço.
source-local = As respostas ficam neste aparelho, onde qualquer programa poderia se passar por ela. Continue somente se foi você quem acabou de abri-la.
signed-in-as = Você entrou como { $name }.
not-you = Não é você?

sign-in = Entrar
sign-in-username = Nome de usuário ou e-mail
sign-in-again = Entre de novo
sign-in-again-text = Confirme com a sua senha que é você.
sign-in-reference = Se você pedir ajuda a alguém, informe esta referência:
sign-in-question = Já tem uma conta?
sign-in-once-more = Entrar de novo

register = Criar uma conta
register-question = Ainda não tem conta?
register-username-help = Um nome curto para entrar, além do seu e-mail.
register-submit = Criar conta

claims-needed = { $name } precisa de mais alguns dados
claims-needed-one = { $name } precisa deste dado: { $claim }
claims-skip = Agora não
claims-needed-from = Necessário a partir de { $date }. Até lá, você pode deixar em branco.
claims-needed-text = { $count ->
    [one] Fica guardado na sua conta { $brand } e é enviado a { $name }.
   *[other] Eles ficam guardados na sua conta { $brand } e são enviados a { $name }.
}

consent-title = Permitir { $name }?
consent-text = { $name } pede acesso a:
consent-allow = Permitir
consent-deny = Não permitir
consent-api = Em
consent-actions = Para fazer
consent-locations = Onde
consent-datatypes = Com
consent-privileges = Privilégios

requests-title = Logins que esperam por você
requests-none = Nenhuma aplicação espera uma resposta.
requests-look = Ver
request-title = Entrar em { $name }?
request-text = A aplicação pede isto sem o seu navegador, desde
request-message = Ela mostra isto na outra tela:
request-warning = Permita somente se você está fazendo isto agora e a outra tela mostra o mesmo. Se não está, não permita.
request-allowed-title = A aplicação pode continuar
request-allowed-text = Volte à outra tela: ela continua sozinha. Você pode fechar esta janela.
request-denied-title = A aplicação recebeu um não
request-denied-text = Ela não recebe nada. Você pode fechar esta janela.
request-ended-title = Este pedido acabou
request-ended-text = Ele já foi respondido, passou tempo demais, ou é para outra pessoa.
device-title = Conectar um dispositivo
device-text = Digite o código que o seu dispositivo mostra.
device-text-given = Continue só se o seu dispositivo mostrar exatamente este código.
device-code = Código
device-code-help = Oito letras, maiúsculas ou minúsculas; o hífen é opcional.
device-confirm-title = Conectar { $name }?
device-confirm-text = O dispositivo que mostra este código passa a ter acesso à sua conta:
device-confirm-warning = Conecte só se o dispositivo estiver na sua frente e mostrar este código. Se alguém enviou a você o código ou um link, não conecte.
device-connect = Conectar
device-deny = Não conectar
device-connected-title = O seu dispositivo está conectado
device-connected-text = Você já pode voltar ao dispositivo: ele continua sozinho em alguns segundos. Você pode fechar esta janela.
device-denied-title = O dispositivo não foi conectado
device-denied-text = Ele não recebe acesso à sua conta. Você pode fechar esta janela.
device-expired-title = Este código não vale mais
device-expired-text = Ele já foi usado, ou passou tempo demais. Peça um código novo no dispositivo.
device-again = Digitar outro código

expired-title = Este login já terminou
expired-text = Ele ficou aberto por tempo demais ou já foi concluído. Volte à aplicação e comece de novo, ou vá para a sua conta.

form-post-title = Um momento…
form-post-text = Você está voltando à aplicação. Se nada acontecer, continue pelo botão.

sign-out = Sair
sign-out-title = Quer sair?
sign-out-text = Você entrou como { $user }.
sign-out-text-application = { $name } pede para encerrar a sua sessão. Você entrou como { $user }.
sign-out-stay = Ficar
signed-out-title = Você saiu
signed-out-text = Você pode fechar esta janela.
signed-out-telling = As aplicações que você usou estão sendo avisadas.
signed-out-onward = Você continua em alguns segundos.

## Conta

account-title = A sua conta
account-back = Voltar à sua conta
account-profile = Os seus dados
account-profile-saved = Os seus dados foram salvos.
account-password = Trocar a senha
account-password-changed = A sua senha foi trocada.
account-end-others = Sair de todos os outros lugares
account-end-others-help = Encerra as suas outras sessões e o acesso que as aplicações receberam por meio delas.
account-sessions = Onde você entrou
account-this-session = Este navegador
account-end-session-text = Aquele navegador sai da conta e terá de entrar de novo. O acesso que as aplicações receberam por meio dele termina.
account-email-verified = Verificado
