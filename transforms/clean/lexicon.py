"""Words that tell running text from what stands around it, in the languages that news pages come in.

Data only: to teach a language or a cue, add words here. All words are case-folded.
"""

from __future__ import annotations

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in a is that for on it with as was at by be from has he his are this have an but not "
        "they who its had their which she her been will would more or about were one said also when we there i you "
        "what all after than can if out up so into over no could my other some do just new our them because him most "
        "how only being did any where even those now such through before very while during says against between",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
        "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor "
        "zur bis mehr durch man sein wurde sei ich wir hatte kann gegen vom schon wenn habe seine ihre dann unter "
        "soll eines jahr zwei diese dieser wieder keine seiner worden will zwischen immer was sagte",
        "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ont "
        "son aux d' l' cette ou être mais comme tout nous sa fait été aussi leur bien peut ces y deux elle même ses "
        "sans on dont après entre encore vous ils avait c' était selon très lui moins sous où depuis contre alors",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si "
        "sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi "
        "porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora "
        "otro después te otros según tras durante contra",
        "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à "
        "seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo "
        "aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha têm numa pelos "
        "segundo sobre após anos contra durante",
        "it": "di e il la che in a per un è del non una i con si da le al dei come della sono ha nel alla più anche lo "
        "gli ma su ai dal se delle o cui ed questo stato nella essere tra due hanno era dalla sua suo degli ci dopo "
        "all' dell' l' quando anni sul fatto questa loro contro solo perché quello già stata prima ancora fino "
        "secondo molto mentre",
        "nl": "de van een het en in is dat op te zijn voor met die niet aan er om ook als dan maar bij of uit nog naar "
        "heeft ze door over hij worden wordt werd deze tot je was zich meer hebben dit al kan veel haar jaar geen wat "
        "zo moet zou wel zei had volgens na tegen we onder tussen omdat waar zal twee tijdens",
        "ru": "и в не на что с он по это как а но из у к за от то его был для о она так же они все бы до было мы вы "
        "только или уже еще ещё если при был были быть этого том чтобы ее её когда их этом после также где которые "
        "который года году сказал заявил может во со нет лет под без между более через",
        "tr": "ve bir bu da de için ile olarak çok daha gibi en olan sonra kadar ne ise ancak her o ki mi olduğu var "
        "göre değil iki ya yeni diye tarafından etti oldu bunu ama dedi büyük yer sayılı arasında olduğunu nedeniyle "
        "önce üzerinde karşı şu içinde hem bin söyledi",
        "ar": "في من على إلى أن عن مع هذا التي الذي ما لا كان هذه بعد كما قد أو بين وقال قال ذلك حيث كل خلال إن غير "
        "كانت لم له هو أي وفي منذ عند ومن بعض عبر ضد لكن حول عام وأن بن يوم هي به لها فيها دون حتى قبل وكان أنه "
        "الى ان او",
        "pl": "w i na z się nie do to że jest o jak po od za przez ale dla ich tym był co są tego oraz także które "
        "który która było jego już może tylko ma przed być jej lub czy też przy pod ze powiedział gdy roku więcej",
        "sv": "och i att det som en på är av för med till den har de inte om ett var men sig från vi så kan när år "
        "under också efter eller nu han sin hade vid över mot säger skulle ut blir där alla bara mer hon mellan",
        "id": "yang dan di dengan untuk dari ini dalam tidak pada itu akan juga ke karena oleh tersebut ada kata adalah "
        "sebagai bisa saat telah lebih mereka atau kepada dia kami tahun sudah orang menjadi anda bahwa seorang",
        "el": "και το να του η της την με που στην για τα από είναι στο των τους θα δεν ότι σε ο οι τη μας αλλά ως κατά "
        "μετά έχει ένα μια τις στη τον αυτό στις προς όπως στα ήταν πως μία σύμφωνα",
        "uk": "і в на що з не та у до за від як для це про його він але її із які який було під час після також є буде "
        "або щоб більше року того вони так тому уже вже при між через проти сказав заявив",
        "fa": "و در به از که این را با است برای آن یک تا بر هم خود های می شده شد کرد بود کند دو اما او ما نیز گفت سال "
        "پس باید دارد آنها بین ها همه پیش اند روز کرده دیگر مورد کشور",
    }.items()
}
"""The commonest words of running text, a language each: they name the language and weigh a line."""


CUE_WORDS: dict[str, frozenset[str]] = {
    cue: frozenset(words.split())
    for cue, words in {
        "legal": "cookie cookies privacy copyright gdpr ©️ disclaimer impressum datenschutz agb datenschutzerklärung confidentialité "
        "mentions privacidad privacidade reserved gizlilik çerez конфиденциальности الخصوصية terms consent trademark "
        "nutzungsbedingungen cookie-richtlinie rechte derechos réservés riservati direitos reservados",
        "account": "subscribe subscription subscribers subscriber newsletter newsletters login log-in signup sign-up register "
        "premium membership e-paper epaper paywall inbox unsubscribe abonnieren abonnement abo anmelden registrieren "
        "abonnez-vous abonner s'abonner connexion inscrivez-vous suscríbete suscribirse suscripción boletín assine "
        "assinante cadastre-se iscriviti abbonati abonneer nieuwsbrief подписаться подписывайтесь подписка abone bülten "
        "اشترك النشرة log sign account donate",
        "related": "related recommended trending popular headlines latest recent previous next sponsored promoted advertisement "
        "advertisements ads anzeige werbung publicité publicidad publicidade pubblicità advertentie реклама reklam إعلان "
        "verwandte weitere mehr similaires relacionados relacionadas correlati gerelateerd похожие ilgili "
        "ملفات bestseller deals outbrain taboola",
        "share": "share shares tweet tweets facebook twitter whatsapp pinterest linkedin reddit instagram youtube tiktok telegram "
        "flipboard messenger threads bluesky rss email e-mail print copy teilen drucken partager imprimer compartir "
        "imprimir compartilhar condividi stampa delen поделиться paylaş شارك click tap download app apps follow "
        "google+ vk pocket mastodon",
        "comment": "comment comments reply replies commenting kommentar kommentare commentaire commentaires comentario comentarios "
        "comentário comentários commenti commento reacties комментарии комментарий yorum yorumlar تعليق تعليقات التعليقات "
        "تعليقاً required captcha moderated upvote karma",
        "photo": "getty images image photo photos photograph photographer photographed shutterstock afp reuters pictured picture "
        "credit courtesy screengrab istock alamy xinhua epa foto fotos bild bilder bildquelle quelle crédit fotografia "
        "фото fotoğraf صورة الصورة caption handout unsplash archivbild symbolbild dpa ap picture-alliance imago file xinhua ansa efe tass sputnik anadolu aa ani pti yonhap kyodo bloomberg nurphoto zuma keystone supplied pixabay wikimedia flickr pa photographs pics pic screenshot légende bildunterschrift fotografía imagen imagem video wam spa irna",
        "byline": "by von par por di da door author autor autorin auteur autore автор yazar correspondent editor reporter staff "
        "writer contributor redaktion rédaction redacción redação redazione",
        "stamp": "published updated posted modified ago gmt utc bst est edt pst pdt cet cest ist min read minutes hours "
        "veröffentlicht aktualisiert stand uhr publié modifié publicado actualizado atualizado pubblicato aggiornato "
        "gepubliceerd опубликовано обновлено yayınlanma güncelleme نشر تحديث minuten vor il hace há",
        "month": "jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october "
        "november december januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août "
        "septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro gennaio febbraio aprile maggio "
        "giugno luglio settembre ottobre dicembre januari februari maart mei augustus января февраля марта апреля мая июня "
        "июля августа сентября октября ноября декабря ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım "
        "aralık يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر monday tuesday wednesday thursday "
        "friday saturday sunday",
        "menu": "menu search home contact about skip carousel navigation sitemap faq help toggle close open categories category tags tag "
        "topics archive archives careers advertise login suche startseite kontakt recherche accueil buscar inicio início "
        "cerca zoeken поиск главная ara anasayfa بحث الرئيسية loading play video videos gallery podcast podcasts",
        "offer": "affiliate commission commissions coupon coupons buy price cart shop checkout discount sale shipping checkout "
        "add wishlist stock free trial offer deal €  $ kaufen preis warenkorb panier prix comprar precio carrinho",
        "verb": "said says told was were is are has have had will would been be did does can could may might must should "
        "ist war wird hat sind waren sagte haben kann soll est sont était ont fait sera peut es fue son había tiene será "
        "foi são era tem disse é sono ha era ha detto heeft werd zei было был была сказал заявил dedi oldu قال كان",
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
