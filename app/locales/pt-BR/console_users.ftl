# O console: usuários. O glossário está em common.ftl.

users-lead = Quem entra nas aplicações desta assinatura.
users-new = Novo usuário
users-search = Buscar usuários
users-empty-title = Ainda não há usuários
users-empty-text = As pessoas criam as próprias contas a caminho de uma aplicação, onde isso é permitido, ou você as cria aqui.
user-names-help = Nome de usuário ou endereço de e-mail: um deles é necessário para entrar.

user-username = Nome de usuário
user-username-help = Pode ser usado para entrar. Não contém @.
user-email = Endereço de e-mail
user-email-help = Pode ser usado para entrar.
user-email-verified = O endereço de e-mail foi verificado
user-email-verified-help = Marque apenas se você sabe que o endereço é mesmo da pessoa. Trocar o endereço desmarca.
user-password = Senha
user-password-new-help = Pelo menos { $min } caracteres. Sem senha, a pessoa ainda não consegue entrar.
user-has-password = Tem senha
user-sub = Identificador (sub)
user-created = O usuário foi criado.
user-saved = O usuário foi salvo.
user-set-password = Definir senha
user-set-password-title = Definir a senha de { $name }
user-set-password-help = Pelo menos { $min } caracteres. Entregue-a de um modo que ninguém mais possa ler; a pessoa pode trocá-la na página da conta.
user-set-password-text = As sessões desse usuário terminam, e com elas o acesso que as aplicações receberam.
user-password-set = A senha foi definida.
user-disable-title = Desativar { $name }?
user-disable-help = Um usuário desativado não consegue entrar; sessões e tokens terminam imediatamente. O que se sabe da pessoa permanece.
user-disabled = A conta de { $name } foi desativada.
user-enable-title = Ativar { $name }?
user-enable-help = A pessoa volta a poder entrar.
user-enabled = A conta de { $name } foi ativada.
user-delete = Excluir usuário
user-delete-title = Excluir { $name }?
user-delete-text = Tudo o que se guarda sobre a pessoa vai junto, inclusive sessões e tokens. Não é possível desfazer.
user-deleted = A conta de { $name } foi excluída.

user-sessions-title = Sessões de { $name }
user-sessions-empty-title = Sem sessão aberta em lugar nenhum
