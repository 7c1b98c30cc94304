from mage_integrations.sources.github_issues.streams.comments import Comments
from mage_integrations.sources.github_issues.streams.issues import Issues

STREAMS = {
    Comments.TABLE: Comments,
    Issues.TABLE: Issues,
}
