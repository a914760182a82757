# O console: quem administra, a saúde da instalação, sobre o Tessera, e o que mostra uma visão geral.
# O glossário está em common.ftl.

nav-administrators = Administradores
nav-health = Saúde
nav-about = Sobre

## Papéis

role-viewer = Leitor
role-viewer-text = Vê tudo, não altera nada.
role-editor = Editor
role-editor-text = Altera a configuração e os usuários.
role-owner = Proprietário
role-owner-text = Faz tudo, e decide quem administra.
role-none = Nenhum papel
role-at = { $role }: { $place }
place-installation = Toda a instalação
place-installation-text = Todas as assinaturas, inclusive as que ainda vierem.
place-subscription = Uma assinatura
place-subscription-text = Não dá para ver as outras assinaturas.
and-more = e mais { $count }

## Administradores

administrators-lead = As pessoas que podem usar este console. Você vê os papéis que pode dar e retirar.
administrators-of-lead = As pessoas que têm um papel em { $name }. As de toda a instalação podem fazer o mesmo aqui e não aparecem na lista.
administrators-all = Todos os administradores
administrators-search = Buscar administradores
administrators-empty-title = Ainda não há ninguém aqui
administrators-empty-text = Convide as pessoas que ajudam você a cuidar de tudo isto. Cada uma recebe um papel: leitores veem, editores alteram, proprietários decidem.
administrators-invite = Convidar alguém para administrar
administrators-invite-lead = Você recebe um link e o envia à pessoa: daqui ainda não saem e-mails.
administrators-invite-submit = Convidar
administrator-email-help = A pessoa entra com ele. Se ela já administra, recebe mais este papel.
administrator-place = Onde o papel vale
administrator-subscription = Assinatura
administrator-slug-help = Digite o slug dela: há assinaturas demais para mostrar aqui.
administrator-role = Papel
administrator-roles = Papéis
administrator-roles-help = Um papel vale no lugar dele. Um papel em toda a instalação vale em todos os lugares.
administrator-add-place = Adicionar uma assinatura
administrator-add-role = Papel nela
administrator-link = Link para escolher uma senha
administrator-link-until = Link válido até
administrator-invited = O convite para { $name } está pronto. Envie você o link abaixo: daqui não saem e-mails. Ele funciona uma só vez, dentro de 72 horas.
administrator-added = { $name } agora tem o papel. O login continua como sempre.
administrator-above = Esta pessoa tem um papel em toda a instalação. Só os proprietários da instalação podem alterar isso.
administrator-make-link = Criar o link
administrator-new-link = Novo link de senha
administrator-new-link-title = Criar um link de senha para { $name }?
administrator-new-link-text = Com ele, a pessoa escolhe uma nova senha. Funciona uma só vez, dentro de 72 horas, e substitui um link anterior. Quando é usado, todas as sessões dela terminam. Você o vê uma só vez e o envia: daqui não saem e-mails.
administrator-new-invitation = Novo link de convite
administrator-new-invitation-title = Criar um novo link de convite para { $name }?
administrator-new-invitation-text = Ele funciona uma só vez, dentro de 72 horas. O anterior deixa de funcionar agora. Você o vê uma só vez e o envia: daqui não saem e-mails.
administrator-link-made = O link para { $name } está abaixo. Envie-o de um modo que ninguém mais possa ler. Ele funciona uma só vez, dentro de 72 horas.
administrator-withdraw = Cancelar o link
administrator-withdraw-title = Cancelar o link de { $name }?
administrator-withdraw-text = Ele deixa de funcionar agora. Os papéis da pessoa permanecem, e você pode criar outro link quando quiser.
administrator-withdrawn = O link de { $name } não funciona mais.
administrator-remove = Remover da administração
administrator-remove-help = Remover retira todos os papéis que você gerencia. Quem fica sem nenhum é excluído, e as sessões terminam imediatamente.
administrator-remove-title = Remover { $name }?
administrator-remove-text = Todos os papéis desta pessoa que você gerencia deixam de valer. Se não restar nenhum, a conta de administração dela é excluída e todas as sessões terminam. O que ela fez continua no registro de auditoria.
administrator-remove-self-text = Estes são os seus próprios papéis. Todos os que você gerencia deixam de valer; se não restar nenhum, a sua sessão termina e você não consegue voltar por conta própria.
administrator-removed = { $name } não administra mais.

state-invited = Convite pendente
state-no-password = Ainda sem senha

problem-administrator-there = Este endereço é de alguém que já tem um papel ali.
problem-no-role-left = Assim não restaria papel nenhum. Para chegar a isso, remova a pessoa da administração.

audit-action-role-given = Deu um papel
audit-action-role-taken = Retirou um papel
audit-action-invitation-made = Criou um link de senha
audit-action-invitation-withdrawn = Cancelou um link de senha
audit-action-invitation-used = Escolheu uma senha pelo link
audit-action-administrator-removed = Removeu alguém da administração

## Links que funcionam uma vez

link-to-console = Ir para o console
invitation-title = Você recebeu um convite
invitation-again = Escolha uma nova senha
invitation-by = { $name } convida você a ajudar a cuidar de tudo isto. Escolha uma senha, e estes papéis são seus:
invitation-again-by = { $name } criou este link para que você possa escolher uma nova senha. Ao fazer isso, você sai de todos os lugares em que entrou. Os seus papéis:
invitation-by-nobody = Escolha uma senha para entrar. Os seus papéis:
invitation-login = Você entra como
invitation-submit = Definir senha
invitation-done = A sua senha foi definida.
invitation-gone = Este link não funciona mais
invitation-gone-text = Um link destes funciona uma só vez, e por três dias no máximo; um mais novo toma o lugar dele. Se você já escolheu a sua senha, entre. Se não, peça outro a quem o enviou.
setup-gone = Este link de instalação não funciona mais
setup-gone-text = Ele funciona por 24 horas. Inicie o servidor de novo: ele mostra um novo link até que exista a primeira conta de administração.
setup-gone-owned = A primeira conta de administração já existe; o link cumpriu o seu papel. Se ela é sua, entre. Se não, peça um convite a quem a tem.

## Saúde

health-lead = Como está esta instalação neste momento, vista pelo servidor que responde a você.
health-again = Ver de novo
health-good = Tudo certo
health-bad = Atenção
health-database = Banco de dados
health-engine = Tipo
health-round-trip = Responde em
health-milliseconds = { $number } ms
health-slow = Cada página e cada token esperam várias vezes pelo banco de dados. Traga-o para mais perto do servidor, ou descubra o que o mantém ocupado.
health-schema = Versão do esquema
health-schema-newer = Uma versão mais nova alterou o esquema. Esta continua funcionando; atualize também este servidor.
health-schema-older = O esquema é mais antigo do que esta versão espera. Inicie o servidor de novo: ele atualiza o esquema.
health-size = Tamanho
health-megabytes = { $number } MB
health-server = Servidor
health-public-url = URL pública
health-issuer = Emissores
health-configuration = Última confirmação da configuração
health-ago = { $count ->
    [1] há 1 segundo
   *[other] há { $count } segundos
}
health-not-yet = Ainda não, desde que o servidor iniciou
health-cleaning = Última limpeza
health-cleaning-late = As linhas expiradas são removidas a cada minuto. A limpeza está atrasada: o log do servidor diz por quê.
health-folder = Pasta de dados
health-folder-writable = Permite gravar
health-folder-not-writable = Não permite gravar
health-folder-mend = Dê ao usuário do servidor o direito de gravar ali, ou libere espaço no disco.
health-keys = Chaves de assinatura
health-keys-good = Nenhuma chave está perto do fim.

## Sobre

about-title = Sobre o Tessera
about-program = Programa
about-text = Um provedor de OpenID Connect com um console de administração. Tessera é latim: a pequena placa que provava quem você era.
about-version = Versão
about-licence = Licença
about-licence-text = MIT ou Apache-2.0, à sua escolha.
about-bundled = Do que ele é feito
about-bundled-text = O programa contém bibliotecas de código aberto, todas com licenças que permitem usá-lo e passá-lo adiante: MIT, Apache-2.0, BSD, ISC, Zlib, MPL-2.0, Unicode-3.0, BSL-1.0, CC0-1.0, CDLA-Permissive-2.0 e OpenSSL. Os ícones são do Lucide (ISC), a folha de estilos é feita com Tailwind CSS e daisyUI (MIT), e o SQLite é de domínio público.
about-bundled-link = Ler estas licenças
about-documents = Documentação
about-documents-text = Ela vem com o código-fonte, na pasta docs. O comando tessera --help lista os comandos e as configurações.
about-administration = O que há neste console, e o que faz cada configuração.
about-integrating = Uma aplicação e uma API, passo a passo.
about-migrating = Vindo do Grantid, do Code 100 ID, do Connect ou do Next Identity.
about-operations = Configurações, comandos, PostgreSQL, cópias de segurança, vários servidores.
about-security = O que se opõe a quem ataca, com os testes que o garantem.
about-architecture = Como o código-fonte está organizado.

## O que acontece em uma assinatura

activity-day = Últimas 24 horas
activity-month = Últimos 30 dias
activity-sign-ins = Logins
activity-tokens = Tokens emitidos para aplicações
activity-failures = Falhas
activity-hour-starts = Hora a partir de
activity-day-starts = Dia (UTC)
activity-chart = { $name }: { $span }
activity-bar = { $at }: { $count }
activity-none = Nada neste período.
activity-most = { $count } ao todo, no máximo { $most }: { $at }.
activity-figures = Números

attention-title = O que precisa de atenção
attention-nothing = Nada precisa da sua atenção. Está tudo bem.
attention-more = Há mais deste tipo. O que você corrigir aqui abre espaço para o resto.
attention-key-ends = Nenhuma chave { $alg } assina depois de
attention-key-old = A chave { $alg } assina há um ano. Troque-a. Em uso desde
attention-failures = { $count ->
    [1] Um login ou pedido falhou nas últimas 24 horas.
   *[other] { $count } logins ou pedidos falharam nas últimas 24 horas.
}
attention-secret-ends = Um segredo de { $name } termina em
attention-secret-unused = Um segredo de { $name } ainda não foi usado; ele existe desde
attention-application-unused = { $name } ainda não recebeu nenhum token; existe desde
attention-to-keys = Chaves
attention-to-audit = Registro de auditoria
attention-to-settings = Configurações
