"""Singer's model of JSON Schema: it knows these keywords and silently drops every other."""

KEYWORDS = (
    'selected', 'inclusion', 'description', 'minimum', 'maximum', 'exclusiveMinimum',
    'exclusiveMaximum', 'multipleOf', 'maxLength', 'minLength', 'format', 'type',
    'additionalProperties', 'anyOf', 'patternProperties',
)


class Schema:
    def __init__(self, properties=None, items=None, **keywords):
        unknown = set(keywords) - set(KEYWORDS)
        if unknown:
            raise TypeError(f'Schema got unexpected keywords {sorted(unknown)}')
        self.properties = properties
        self.items = items
        for keyword in KEYWORDS:
            setattr(self, keyword, keywords.get(keyword))

    def __eq__(self, other):
        return vars(self) == vars(other)

    def to_dict(self):
        result = {}
        if self.properties is not None:
            result['properties'] = {k: v.to_dict() for k, v in self.properties.items()}
        if self.items is not None:
            result['items'] = self.items.to_dict()
        for keyword in KEYWORDS:
            if getattr(self, keyword) is not None:
                result[keyword] = getattr(self, keyword)
        return result

    @classmethod
    def from_dict(cls, data):
        # A tuple of items (a list) or a boolean sub-schema has no `get` and fails here.
        properties = data.get('properties')
        items = data.get('items')
        return cls(
            properties=None if properties is None else {
                k: cls.from_dict(v) for k, v in properties.items()
            },
            items=None if items is None else cls.from_dict(items),
            **{keyword: data[keyword] for keyword in KEYWORDS if keyword in data},
        )
