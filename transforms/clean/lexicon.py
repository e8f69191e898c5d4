"""Words that tell running text from what stands around it, in the languages that news pages come in.

Data only: to teach a language or a cue, add words here. All words are case-folded.
"""

from __future__ import annotations

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a about after against all also an and any are as at be because been before being between but by can "
        "could did do during even for from had has have he her him his how i if in into is it its just more "
        "most my new no not now of on one only or other our out over said says she so some such than that the "
        "their them there they this those through to up very was we were what when where which while who will "
        "with would you",
        "de": "aber als am an auch auf aus bei bis dann das dass dem den der des die diese dieser durch ein eine "
        "einem einen einer eines er es für gegen habe haben hat hatte ich ihre im immer in ist jahr kann "
        "keine man mehr mit nach nicht noch nur oder sagte schon sei sein seine seiner sich sie sind so soll "
        "um und unter vom von vor war was wenn werden wie wieder will wir wird worden wurde zu zum zur zwei "
        "zwischen über",
        "fr": "a alors après au aussi aux avait avec bien c' ce ces cette comme contre d' dans de depuis des deux "
        "dont du elle en encore entre est et fait il ils l' la le les leur lui mais moins même ne nous on ont "
        "ou où par pas peut plus pour que qui sa sans se selon ses son sont sous sur tout très un une vous y "
        "était été être",
        "es": "a ahora al así años bien como con contra cuando de del desde después donde dos durante el en entre "
        "era es ese esta este está fue ha había han hasta hay la las le lo los me mi mismo muy más ni no nos "
        "o otro otros para parte pero por porque puede que qué se según ser si sin sobre son su sus sólo "
        "también te tiempo tiene todo todos tras un una uno vez y ya yo él",
        "pt": "a anos ao aos após as até com como contra da das de depois do dos durante e ela ele eles em entre "
        "era essa esse está estão eu foi foram há isso já mais mas me mesmo meu minha muito na nas nem no nos "
        "num numa não o os ou para pela pelo pelos por quando que quem se segundo sem ser seu seus sobre sua "
        "suas só também tem ter tinha têm um uma você à às é",
        "it": "a ai al all' alla anche ancora anni che ci come con contro cui da dal dalla degli dei del dell' "
        "della delle di dopo due e ed era essere fatto fino già gli ha hanno i il in l' la le lo loro ma "
        "mentre molto nel nella non o per perché più prima quando quello questa questo se secondo si solo "
        "sono stata stato su sua sul suo tra un una è",
        "nl": "aan al als bij dan dat de deze die dit door een en er geen haar had hebben heeft het hij in is jaar "
        "je kan maar meer met moet na naar niet nog of om omdat onder ook op over te tegen tijdens tot tussen "
        "twee uit van veel volgens voor waar was wat we wel werd worden wordt zal ze zei zich zijn zo zou",
        "ru": "а без более бы был были было быть в во все вы где года году для до его ее если еще ещё её же за "
        "заявил и из или их к как когда которые который лет между может мы на не нет но о он она они от по "
        "под после при с сказал со так также то только том у уже через что чтобы это этого этом",
        "tr": "ama ancak arasında bin bir bu bunu büyük da daha de dedi değil diye en etti gibi göre hem her iki "
        "ile ise için içinde kadar karşı ki mi ne nedeniyle o olan olarak oldu olduğu olduğunu sayılı sonra "
        "söyledi tarafından var ve ya yeni yer çok önce üzerinde şu",
        "ar": "أن أنه أو أي إلى إن التي الذي الى ان او بعد بعض بن به بين حتى حول حيث خلال دون ذلك ضد عام عبر على عن "
        "عند غير في فيها قال قبل قد كان كانت كل كما لا لكن لم له لها ما مع من منذ هذا هذه هو هي وأن وفي وقال "
        "وكان ومن يوم",
        "pl": "ale być był było co czy dla do gdy i ich jak jego jej jest już która które który lub ma może na nie "
        "o od oraz po pod powiedział przed przez przy roku się są także tego też to tylko tym w więcej z za "
        "ze że",
        "sv": "alla att av bara blir de den det där efter eller en ett från för hade han har hon i inte kan med "
        "mellan men mer mot nu när och också om på sig sin skulle som säger så till under ut var vi vid är år "
        "över",
        "id": "ada adalah akan anda atau bahwa bisa dalam dan dari dengan di dia ini itu juga kami karena kata ke "
        "kepada lebih menjadi mereka oleh orang pada saat sebagai seorang sudah tahun telah tersebut tidak "
        "untuk yang",
        "el": "ένα έχει ήταν αλλά από αυτό για δεν είναι η θα και κατά μία μας με μετά μια να ο οι που προς πως σε "
        "στα στη στην στις στο σύμφωνα τα τη την της τις το τον του τους των ως όπως ότι",
        "uk": "або але буде було більше в вже вони від він для до з за заявив його між на не при про проти під "
        "після року сказав та так також того тому у уже це час через що щоб як який які є і із її",
        "fa": "آن آنها از است اما اند او این با باید بر برای به بود بین تا خود دارد در دو دیگر را روز سال شد شده ما "
        "مورد می نیز ها های هم همه و پس پیش کرد کرده کشور کند که گفت یک",
    }.items()
}
"""The commonest words of running text, a language each: they name the language and weigh a line."""


CUE_WORDS: dict[str, frozenset[str]] = {
    cue: frozenset(words.split())
    for cue, words in {
        "legal": "agb confidentialité consent cookie cookie-richtlinie cookies copyright datenschutz "
        "datenschutzerklärung derechos direitos disclaimer gdpr gizlilik impressum mentions "
        "nutzungsbedingungen privacidad privacidade privacy rechte reservados reserved riservati réservés "
        "terms trademark ©️ çerez конфиденциальности الخصوصية",
        "account": "abbonati abo abone abonneer abonnement abonner abonnez-vous abonnieren account anmelden assinante "
        "assine boletín bülten cadastre-se connexion donate e-paper epaper inbox inscrivez-vous iscriviti log "
        "log-in login membership newsletter newsletters nieuwsbrief paywall premium register registrieren "
        "s'abonner sign sign-up signup subscribe subscriber subscribers subscription suscribirse suscripción "
        "suscríbete unsubscribe подписаться подписка подписывайтесь اشترك النشرة",
        "related": "ads advertentie advertisement advertisements anzeige bestseller correlati deals gerelateerd "
        "headlines ilgili latest mehr next outbrain popular previous promoted pubblicità publicidad "
        "publicidade publicité recent recommended reklam relacionadas relacionados related similaires "
        "sponsored taboola trending verwandte weitere werbung похожие реклама إعلان ملفات",
        "share": "app apps bluesky click compartilhar compartir condividi copy delen download drucken e-mail email "
        "facebook flipboard follow google+ imprimer imprimir instagram linkedin mastodon messenger partager "
        "paylaş pinterest pocket print reddit rss share shares stampa tap teilen telegram threads tiktok "
        "tweet tweets twitter vk whatsapp youtube поделиться شارك",
        "comment": "captcha comentario comentarios comentário comentários comment commentaire commentaires commenti "
        "commenting commento comments karma kommentar kommentare moderated reacties replies reply required "
        "upvote yorum yorumlar комментарии комментарий التعليقات تعليق تعليقات تعليقاً",
        "photo": "aa afp alamy anadolu ani ansa ap archivbild bild bilder bildquelle bildunterschrift bloomberg "
        "caption courtesy credit crédit dpa efe epa file flickr foto fotografia fotografía fotos fotoğraf "
        "getty handout image imagem imagen images imago irna istock keystone kyodo légende nurphoto pa photo "
        "photograph photographed photographer photographs photos pic pics picture picture-alliance pictured "
        "pixabay pti quelle reuters screengrab screenshot shutterstock spa sputnik supplied symbolbild tass "
        "unsplash video wam wikimedia xinhua yonhap zuma фото الصورة صورة",
        "byline": "auteur author autor autore autorin by contributor correspondent da di door editor par por redacción "
        "redaktion redazione redação reporter rédaction staff von writer yazar автор",
        "stamp": "actualizado aggiornato ago aktualisiert atualizado bst cest cet edt est gepubliceerd gmt güncelleme "
        "hace hours há il ist min minuten minutes modified modifié pdt posted pst pubblicato publicado "
        "published publié read stand uhr updated utc veröffentlicht vor yayınlanma обновлено опубликовано "
        "تحديث نشر",
        "month": "abril agosto août apr april aprile aralık aug august augustus avril ağustos dec december dezember "
        "dezembro dicembre diciembre décembre ekim enero eylül feb febbraio febrero februar februari february "
        "fevereiro friday février gennaio giugno haziran jan janeiro januar januari january janvier juillet "
        "juin jul julho juli julio july jun june junho juni junio kasım luglio maart maggio mai maio mar "
        "march mars mart marzo março mayo mayıs mei monday märz nisan nov november novembre novembro "
        "noviembre ocak oct october octobre octubre oktober ottobre outubro saturday sep sept september "
        "septembre septiembre setembro settembre sunday temmuz thursday tuesday wednesday şubat августа "
        "апреля декабря июля июня марта мая ноября октября сентября февраля января أبريل أغسطس أكتوبر ديسمبر "
        "سبتمبر فبراير مارس مايو نوفمبر يناير يوليو يونيو",
        "menu": "about accueil advertise anasayfa ara archive archives buscar careers carousel categories category "
        "cerca close contact faq gallery help home inicio início kontakt loading login menu navigation open "
        "play podcast podcasts recherche search sitemap skip startseite suche tag tags toggle topics video "
        "videos zoeken главная поиск الرئيسية بحث",
        "offer": "$ add affiliate buy carrinho cart checkout commission commissions comprar coupon coupons deal "
        "discount free kaufen offer panier precio preis price prix sale shipping shop stock trial warenkorb "
        "wishlist €",
        "verb": "are be been can could dedi detto did disse does era es est fait foi fue ha haben había had has hat "
        "have heeft is ist kann may might must oldu ont peut sagte said says sera será should sind soll son "
        "sono sont são tem tiene told war waren was werd were will wird would zei é était был была было "
        "заявил сказал قال كان",
    }.items()
}
"""Cues that a line is no running text (all but ``verb``), by what they betray."""


SECTION_HEADERS = frozenset(
    line.strip()
    for line in """
related|related stories|related articles|related news|related content|related topics|related posts|related links|related coverage
related items|related video|related videos|most read|most popular|most viewed|most recent|most watched|most shared|most commented
trending|trending now|trending stories|trending news|trending topics|latest|latest news|latest stories|latest posts|latest headlines
latest articles|latest videos|recent|recent posts|recent news|recent stories|recent articles|recent comments|popular|popular posts
popular now|popular news|popular stories|popular articles|top stories|top news|top headlines|read next|up next|read more|see also
also read|read also|more news|more stories|more articles|more headlines|more to read|more to explore|more coverage|what to read next
what to watch next|recommended|recommended for you|recommended stories|recommended articles|recommended videos|recommended reading
you may like|you might like|you may also like|you might also like|you may also be interested in|you might be interested in
you might also be interested in|around the web|from around the web|from the web|elsewhere on the web|promoted stories|promoted content
sponsored|sponsored content|sponsored stories|sponsored links|paid content|from our partners|partner content|our partners|don't miss
don’t miss|must read|must reads|editor's picks|editors' picks|editor’s picks|editors’ picks|editor's choice|editors' choice|in case you missed it
comments|comment|leave a comment|leave a reply|post a comment|add a comment|join the conversation|join the discussion|add comment
view comments|show comments|read comments|reader comments|post your comment|write a comment|conversation|responses|replies
share this|share this article|share this story|share this post|share this page|share|share on|like this|follow us|follow us on|connect with us
stay connected|newsletter|newsletters|newsletter signup|subscribe|subscribe now|sign up|stay informed|get the newsletter|email newsletter
about the author|about author|about the writer|more from the author|more by this author|author bio|author|about us|topics|tags|tag
filed under|categories|archives|in this article|in this story|explore more|explore|discover more|further reading|keep reading|the latest
breaking news|breaking|news ticker|skip to end of carousel|end of carousel|skip to content|skip to main content|skip past newsletter promotion|after newsletter promotion|story continues below|story continues below advertisement|article continues below|more news below|live updates|live coverage contributors|headlines|today's top stories|today's headlines|world news|featured|featured stories
featured videos|featured articles|spotlight|watch|watch next|photos|photo gallery|galleries|advertisement|advertising|previous article
next article|previous post|next post|previous|next|contact us|contact|site map|sitemap|useful links|quick links|follow|coverage|best of
meistgelesen|am meisten gelesen|meistgelesene artikel|mehr zum thema|mehr zu|mehr lesen|lesen sie auch|lesen sie mehr|weitere artikel
weitere nachrichten|weitere themen|weiterlesen|auch interessant|das könnte sie auch interessieren|das könnte sie interessieren|verwandte artikel
verwandte themen|ähnliche artikel|beliebt|beliebteste artikel|aktuelle nachrichten|neueste artikel|neueste beiträge|letzte beiträge|themen
schlagwörter|stichwörter|kommentare|kommentar|kommentar schreiben|schreibe einen kommentar|kommentar hinterlassen|leserkommentare|teilen|artikel teilen
empfehlungen|empfohlen|empfohlener redaktioneller inhalt|anzeige|anzeigen|werbung|newsletter abonnieren|zur startseite|zum autor|über den autor|top-themen|top themen|mehr aus
à lire aussi|lire aussi|à lire|à lire également|a lire aussi|les plus lus|le plus lu|articles similaires|articles liés|sur le même sujet|dans la même rubrique|à découvrir
les plus populaires|commentaires|laisser un commentaire|réagir|partager|partager cet article|newsletters|publicité|dernières nouvelles|derniers articles|plus d'articles|contenus sponsorisés|voir aussi|mots-clés|sur le même thème
lo más leído|más leídas|las más leídas|lo más visto|más noticias|noticias relacionadas|artículos relacionados|contenido relacionado|te puede interesar|te puede interesar
también te puede interesar|lea también|lee también|leer también|leer más|ver también|últimas noticias|lo último|comentarios|deja un comentario|compartir|publicidad|etiquetas|temas|relacionados|más información|archivado en|te recomendamos|recomendados
mais lidas|as mais lidas|leia também|leia mais|veja também|notícias relacionadas|últimas notícias|artigos relacionados|comentários|deixe um comentário|compartilhe|publicidade|relacionadas|mais notícias|saiba mais|tópicos|recomendadas
leggi anche|più letti|i più letti|le più lette|articoli correlati|notizie correlate|ultime notizie|potrebbe interessarti|potrebbe interessarti anche|commenti|lascia un commento|condividi|pubblicità|ti potrebbe interessare|argomenti|correlati|vedi anche|altre notizie|leggi di più
lees ook|meest gelezen|gerelateerde artikelen|lees meer|meer nieuws|laatste nieuws|reacties|delen|advertentie|aanbevolen|onderwerpen
читайте также|читать также|самое читаемое|популярное|похожие новости|другие новости|новости по теме|по теме|материалы по теме|последние новости|комментарии|оставить комментарий|поделиться|реклама|теги|смотрите также|главное|подробнее|лента новостей|ещё|еще
ilgili haberler|çok okunanlar|en çok okunanlar|son haberler|son dakika|yorumlar|yorum yap|paylaş|reklam|benzer haberler|ayrıca okuyun|diğer haberler|etiketler|bunlar da ilginizi çekebilir|öne çıkanlar|haberin devamı
اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|إقرأ أيضاً|الأكثر قراءة|الأكثر تصفحا|الأكثر تصفحاً|الأكثر مشاهدة|مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|آخر الأخبار|تعليقات|التعليقات|أضف تعليق|أضف تعليقا|أضف تعليقاً|شارك|إعلان|المزيد|ذات صلة|قد يعجبك أيضا|وسوم
관련기사|관련 기사|많이 본 뉴스|댓글|인기기사|関連記事|関連ニュース|あわせて読みたい|おすすめ記事|人気記事|コメント|アクセスランキング|ランキング|相关新闻|相关阅读|推荐阅读|热门新闻|热点新闻|延伸閱讀|相關新聞|熱門新聞|评论|相关推荐|相关文章
czytaj także|czytaj też|zobacz także|najczęściej czytane|komentarze|läs också|läs mer|mest läst|lue myös|luetuimmat|læs også|mest læste|διαβάστε επίσης|σχετικά άρθρα|δημοφιλή|citește și|citeste si|olvasta már|baca juga|berita terkait|terpopuler|پربیننده‌ترین|مطالب مرتبط
""".replace("\n", "|").split("|")
    if line.strip()
)
"""Whole lines that head a block of other people's headlines, comments or sign-ups."""


COMMENT_HEADERS = frozenset(
    line.strip()
    for line in """
comments|comment|leave a comment|leave a reply|post a comment|add a comment|add comment|join the conversation|join the discussion|view comments
show comments|read comments|reader comments|responses|replies|conversation|write a comment|comments are closed|sort by|responses to|thoughts on
kommentare|kommentar schreiben|schreibe einen kommentar|kommentar hinterlassen|leserkommentare|commentaires|laisser un commentaire|réagir|comentarios
deja un comentario|comentários|deixe um comentário|commenti|lascia un commento|reacties|комментарии|оставить комментарий|yorumlar|yorum yap|تعليقات
التعليقات|أضف تعليق|أضف تعليقا|أضف تعليقاً|komentarze|댓글|コメント|评论|評論
""".replace("\n", "|").split("|")
    if line.strip()
)
"""Whole lines that head the readers' comments."""


HEADER_OPENINGS = tuple(
    line.strip() + " "
    for line in """
more from|more in|more on|more on:|more about|more news from|more stories from|more by|latest from|latest in|latest on|news from
recent from|popular in|most popular in|most read in|most read on|trending on|trending in|trending now|now on|top stories in|you may also like
you might also like|recommended for|related to|read more about|read more on|leave a reply|leave a comment|share this|also on|elsewhere on
mehr von|mehr aus|mehr zu|mehr zum|mehr zur|lesen sie auch|plus de|plus sur|más de|más sobre|más en|mais de|mais sobre|altre di|meer over|meer van|ещё по теме
""".replace("\n", "|").split("|")
    if line.strip()
)
"""How a short line (up to six words) opens that heads such a block."""


ASIDE_OPENINGS = tuple(
    line.strip()
    for line in """
read more:|read more |read also:|also read:|read also |also read |read: |see also:|related:|related story:|more:|watch:|watch |listen:|read next:|see:|don't miss:|don’t miss:
click here|tap here|sign up |subscribe |follow us|follow @|download our|download the|get our|join our|join us|support our|like us|for more |to read more|continue reading|scroll down|story continues|article continues
this article was originally|this story was originally|this article originally|this story originally|this post originally|this post was originally|originally published|the post |do you have |have a story|got a tip|send us|email us|write to |contact us|contact the|if you want to|if you value|if you enjoy
lesen sie auch|lesen sie mehr|lesen sie hier|mehr dazu:|mehr zum thema|hier lesen|auch interessant|lire aussi|à lire aussi|a lire aussi|voir aussi|lire plus|lea también|lee también|leer también|lea:|ver también|te puede interesar|también te puede|leia também|leia mais|veja também|saiba mais
leggi anche|leggi di più|guarda anche|potrebbe interessarti|lees ook|lees meer|читайте также|читать также|подробнее:|смотрите также|ayrıca okuyun|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|czytaj także|czytaj też|zobacz także|läs också|läs även|baca juga
""".replace("\n", "|").split("|")
    if line.strip()
)
"""How a line opens that points elsewhere; none of it is the article's own."""
