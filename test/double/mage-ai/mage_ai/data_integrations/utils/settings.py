"""How Mage names a source's folder."""


def get_uuid(option):
    return option.get('uuid') or option['name'].lower().replace(' ', '_')
