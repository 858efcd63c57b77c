// Communication Services, the right to send texts with it, and the topic of its events. Numbers are bought and verified by hand: that takes weeks and a business case.
param name string
param dataLocation string
param senderPrincipalId string
param tags object

resource service 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: 'acs-${name}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
  }
}

// There is no built-in role for sending only; these two actions are what the service asks for.
resource senderRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'ketamine-intake-text-sender')
  properties: {
    roleName: 'KetamineIntake text sender (${name})'
    description: 'Sends texts through Communication Services.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Communication/CommunicationServices/Read'
          'Microsoft.Communication/CommunicationServices/Write'
        ]
        notActions: []
      }
    ]
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, senderPrincipalId, senderRole.id)
  scope: service
  properties: {
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: senderRole.id
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: 'egst-${name}'
  location: 'global'
  tags: tags
  // System-assigned: only such an identity passes a storage account's firewall as a trusted service.
  identity: { type: 'SystemAssigned' }
  properties: {
    source: service.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

output topicName string = topic.name
output topicPrincipalId string = topic.identity.principalId
output endpoint string = 'https://${service.properties.hostName}'
